import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { commands } from '../src/commands.ts';
import { testFleet } from './support/cli.ts';

const root = join(import.meta.dirname, '../../..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');

test.each(['README.md', 'apps/cli/README.md'])('%s names every command, and no other', (path) => {
  const rows = read(path)
    .match(/(?<=^\| command \| what it does \|\n\|---\|---\|\n)(?:\|.*\n)+/m)![0]
    .trim()
    .split('\n');
  const firstCells = rows.map((row) => row.split(' | ')[0]!.replaceAll('azfleet ', ''));
  const named = firstCells.flatMap((cell) => [...cell.matchAll(/`([a-z]+)/g)].map(([, name]) => name));
  expect(new Set(named)).toEqual(new Set(Object.keys(commands)));
});

test('the listing in the README is the one that azfleet prints', async () => {
  const fleet = await testFleet({ machines: 6 });
  const { stdout, stderr } = await fleet.process(['list']);
  expect(read('README.md')).toContain(`$ azfleet list\n${stdout}${stderr}`);
});

test('the listing in the README of the command line, too', async () => {
  const fleet = await testFleet({ machines: 6 });
  await fleet.azfleet(['list']);
  fleet.advance(42_000);
  const { stdout, stderr } = await fleet.azfleet(['list', 'web-*', '--columns', 'name,state,private-ip']);
  expect(read('apps/cli/README.md')).toContain(`${stdout}${stderr.replace(/\d+ s old/, '42 s old')}`);
});

test.each(['README.md', 'apps/cli/README.md'])('the grouped run in %s is the one that azfleet prints', async (path) => {
  const fleet = await testFleet({ machines: 12, ssh: true });
  const { stdout, stderr } = await fleet.process(['run', '--all', '--group', '--', 'uname', '-r']);
  const example = read(path).match(/\$ azfleet run --all --group -- uname -r\n(?<printed>[^`]+)```/)!.groups![
    'printed'
  ]!;
  expect(example).toBe(`${stdout}${stderr}`.replace(/[\d.]+ s\n$/, '0.2 s\n'));
});
