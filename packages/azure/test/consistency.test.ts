import { describe, expect, it } from 'vitest';

import { machinesToRefetch, nicsToRefetch, publicIpsToRefetch, settledIds } from '../src/consistency.ts';
import type { PartResults } from '../src/part-fetcher.ts';
import { idOf, machine, nic, publicIp, status } from './fixtures.ts';

function part<T>(items: T[], startedAt: number, stale = false) {
  const answer = {
    value: { startedAt, items },
    fetchedAt: startedAt,
    ageMs: 0,
    generation: 0,
    freshness: 'fresh',
    source: 'cache',
    stale,
  };
  return { answer } as const;
}

function parts(members: Partial<Record<keyof PartResults, unknown>>): PartResults {
  const whole = {
    'vm-list': part([machine('a')], 1),
    'vm-status': part([status('a')], 1),
    nic: part([nic('a-nic')], 1),
    'public-ip': part([publicIp('a-nic-ip', '198.51.100.1')], 1),
  };
  return { ...whole, ...members } as unknown as PartResults;
}

const none = new Set<string>();
const folded = (name: string): string => idOf('virtualMachines', name).toLowerCase();

describe('what is fetched again', () => {
  it('is nothing when all fits', () => {
    const all = parts({ 'vm-status': part([status('a')], 2) });
    expect(machinesToRefetch(all, none)).toEqual([]);
    expect(nicsToRefetch(all)).toEqual([]);
    expect(publicIpsToRefetch(all)).toEqual([]);
  });

  it('is list and status when a machine is gone from the newer of them', () => {
    expect(machinesToRefetch(parts({ 'vm-status': part([], 2) }), none)).toEqual(['vm-list', 'vm-status']);
  });

  it('is all four when the status names a machine that the list does not', () => {
    const newer = part([status('a'), status('b')], 2);
    expect(machinesToRefetch(parts({ 'vm-status': newer }), none)).toEqual([
      'vm-list',
      'vm-status',
      'nic',
      'public-ip',
    ]);
    expect(machinesToRefetch(parts({ 'vm-status': newer, nic: { error: new Error('403') } }), none)).toEqual([
      'vm-list',
      'vm-status',
      'public-ip',
    ]);
  });

  it('is nothing for what was fetched together, is settled, is old or is not there', () => {
    expect(machinesToRefetch(parts({ 'vm-status': part([], 1) }), none)).toEqual([]);
    expect(machinesToRefetch(parts({ 'vm-status': part([], 2) }), new Set([folded('a')]))).toEqual([]);
    expect(machinesToRefetch(parts({ 'vm-status': part([], 2, true) }), none)).toEqual([]);
    expect(machinesToRefetch(parts({ 'vm-status': { error: new Error('500') } }), none)).toEqual([]);
  });

  it('is the interfaces and addresses when a newer list names an interface they lack', () => {
    const newer = part([machine('a', { nics: [idOf('networkInterfaces', 'other')] })], 2);
    expect(nicsToRefetch(parts({ 'vm-list': newer }))).toEqual(['nic', 'public-ip']);
    expect(nicsToRefetch(parts({ 'vm-list': part(newer.answer.value.items, 1) }))).toEqual([]);
    expect(nicsToRefetch(parts({ 'vm-list': newer, nic: part([nic('a-nic')], 1, true) }))).toEqual([]);
  });

  it('is the addresses when newer interfaces refer to one they lack', () => {
    const newer = part([nic('a-nic', { publicIpIds: [idOf('publicIPAddresses', 'other')] })], 2);
    expect(publicIpsToRefetch(parts({ nic: newer }))).toEqual(['public-ip']);
    expect(publicIpsToRefetch(parts({ nic: newer, 'public-ip': part([], 3) }))).toEqual([]);
    expect(publicIpsToRefetch(parts({ nic: newer, 'public-ip': { error: new Error('500') } }))).toEqual([]);
  });
});

describe('what is settled', () => {
  it('is what answers fetched together do not agree on', () => {
    expect(settledIds(parts({ 'vm-status': part([status('b')], 1) }), none)).toEqual([folded('a'), folded('b')]);
  });

  it('stays so while the difference stays', () => {
    const later = parts({ 'vm-status': part([status('b')], 2) });
    expect(settledIds(later, new Set([folded('b'), folded('gone')]))).toEqual([folded('b')]);
    expect(settledIds(parts({ 'vm-list': { error: new Error('500') } }), none)).toEqual([]);
  });
});
