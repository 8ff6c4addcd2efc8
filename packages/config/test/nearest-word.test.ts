import { expect, test } from 'vitest';
import { nearest } from '../src/index.ts';

const words = ['vm_list', 'vm_status', 'public_ip', 'port', 'ports', 'user', 'host_key_policy', 'x'];

test.each([
  ['vm_lst', 'vm_list'],
  ['vm_lits', 'vm_list'],
  ['vm-status', 'vm_status'],
  ['PORT', 'port'],
  ['prot', 'port'],
  ['host_key', 'host_key_policy'],
  ['users', 'user'],
  ['y', 'x'],
  ['wholly different', undefined],
  ['zzzz', undefined],
] as const)('%s was meant to be %s', (word, meant) => expect(nearest(word, words)).toBe(meant));

test('nothing is near when there is nothing', () => expect(nearest('a', [])).toBeUndefined());
