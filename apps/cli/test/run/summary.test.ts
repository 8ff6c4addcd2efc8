import { expect, test } from 'vitest';
import type { MachineResult } from '../../src/run/machine-result.ts';
import { exitCodeOf, exitCodeOfOne, summaryLine } from '../../src/run/outcome.ts';
import type { RunOutcome } from '../../src/run/run-on-fleet.ts';
import { plain } from '../../src/output/style.ts';
import { vm } from '../support/vm.ts';

function result(members: Partial<MachineResult>): MachineResult {
  return {
    machine: vm({ name: 'vm' }),
    address: '20.1.2.3',
    status: 'ok',
    reason: undefined,
    exitCode: undefined,
    signal: undefined,
    error: undefined,
    attempts: 1,
    elapsedMs: 10,
    ...members,
  };
}

function outcome(results: readonly Partial<MachineResult>[], members: Partial<RunOutcome> = {}): RunOutcome {
  return { results: results.map(result), stopped: undefined, haltedBy: undefined, elapsedMs: 4230, ...members };
}

const many = (count: number, members: Partial<MachineResult>): Partial<MachineResult>[] =>
  Array.from({ length: count }, () => members);

const code = (members: Partial<MachineResult>): number => exitCodeOfOne(result(members));
const all = { missing: 0, listing: 0 } as const;

test('one line with what there was, in its order', () => {
  const results = [
    ...many(98, {}),
    { status: 'failed', exitCode: 2 } as const,
    { status: 'timeout' } as const,
    ...many(2, { status: 'unreachable' }),
    { status: 'aborted' } as const,
    ...many(3, { status: 'skipped', reason: 'deallocated' }),
  ];
  expect(summaryLine(outcome(results), plain)).toBe(
    '98 ok · 1 failed (exit 2) · 1 timed out · 2 unreachable · 1 aborted · 3 skipped (deallocated) · 4.2 s',
  );
});

test('different ends are counted, the most frequent first, and not more than four', () => {
  const results = [
    { status: 'failed', exitCode: 7 } as const,
    ...many(2, { status: 'failed', exitCode: 1 }),
    { status: 'failed', signal: 'KILL' } as const,
    { status: 'failed', error: { code: 'SSH_CONNECTION_LOST', message: 'lost', hint: undefined } } as const,
    { status: 'failed' } as const,
  ];
  expect(summaryLine(outcome(results), plain)).toBe(
    '0 ok · 6 failed (exit 1 ×2, exit 7, signal KILL, connection lost, …) · 4.2 s',
  );
});

test('the exit code of many', () => {
  const skipped = { status: 'skipped', reason: 'deallocated' } as const;
  const timeout = { status: 'timeout' } as const;
  expect(exitCodeOf(outcome([{}, skipped]), all)).toBe(0);
  expect(exitCodeOf(outcome([{}]), { ...all, missing: 1 })).toBe(1);
  expect(exitCodeOf(outcome([{}]), { ...all, listing: 5 })).toBe(5);
  expect(exitCodeOf(outcome([skipped]), { ...all, listing: 5 })).toBe(3);
  expect(exitCodeOf(outcome([{}, timeout]), all)).toBe(124);
  expect(exitCodeOf(outcome([{}, timeout]), { ...all, missing: 1 })).toBe(1);
  expect(exitCodeOf(outcome([timeout, { status: 'failed' }]), all)).toBe(1);
  expect(exitCodeOf(outcome([{}], { stopped: 'interrupted' }), all)).toBe(130);
  // Nobody read to the end, but there was nothing more to come.
  expect(exitCodeOf(outcome([{}], { stopped: 'output closed' }), all)).toBe(0);
  expect(exitCodeOf(outcome([{}, { status: 'aborted' }], { stopped: 'output closed' }), all)).toBe(130);
});

test('the exit code of one', () => {
  expect(code({ exitCode: 0 })).toBe(0);
  expect(code({ status: 'failed', exitCode: 42 })).toBe(42);
  expect(code({ status: 'failed', signal: 'TERM' })).toBe(143);
  expect(code({ status: 'failed', signal: 'WHATEVER' })).toBe(128);
  expect(code({ status: 'failed' })).toBe(255);
  expect(code({ status: 'unreachable' })).toBe(255);
  expect(code({ status: 'timeout' })).toBe(124);
  expect(code({ status: 'aborted' })).toBe(130);
  expect(code({ status: 'skipped' })).toBe(3);
});
