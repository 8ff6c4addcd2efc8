import { expect, test } from 'vitest';
import { viewOf } from '../../src/report/view-of.ts';
import { countChange, detectableWords, groupOf, matches, verdictOf } from '../../src/report/words.ts';
import { fleetRun, smallHistory, smallRun } from '../support/fleet-results.ts';
import { resultFile } from '../support/result-files.ts';

function verdicts(input: Parameters<typeof viewOf>[0]): ReadonlyMap<string, string> {
  const report = viewOf(input);
  return new Map(report.benchmarks.map((one) => [one.benchmark, verdictOf(report, one)]));
}

test('the verdict of two builds in turn: how much, how sure', () => {
  const said = verdicts(smallRun());
  expect(said.get('start-up/list-1000/azfleet')).toMatch(
    /^Slower by 1\d\.\d %: 1\.1\d × the time of base, \[1\.\d\d–1\.\d\d\]\.$/,
  );
  expect(said.get('start-up/list-1000/node-e-0')).toMatch(/^No difference: \d\.\d\d × the time of base, \[/);
  expect(said.get('workflow/working-hour/azfleet')).toMatch(
    /Calls 14 → 12\. Misses 22 → 18\. Hits 131 → 135\. Hit ratio 86 % → 88 %\.$/,
  );
});

test('a faster one, and one whose counts got worse', () => {
  const said = verdicts(fleetRun());
  expect(said.get('config-load/warm/azfleet')).toMatch(/^Faster by 3\d\.\d %: 0\.6\d × the time of base/);
  expect(said.get('vm-list/status-expired-100/azfleet')).toContain('Calls 1 → 4, which is worse.');
});

test('of different runs: how it stands to its peer in each', () => {
  const said = verdicts({ now: smallRun().now, base: smallHistory()[0]! });
  expect(said.get('start-up/list-1000/azfleet')).toMatch(
    /^Slower by .*: 1\.4\d × node-e-0, in new 1\.2\d ×; that is 1\.\d\d ×, \[/,
  );
  expect(said.get('start-up/list-1000/node-e-0')).toBe('Not compared: no peer was measured along.');
});

test('without a base: the peer, or the time', () => {
  const { now, base } = smallRun();
  expect(verdicts({ now }).get('start-up/list-1000/azfleet')).toMatch(/^1\.4\d × the time of node-e-0, \[/);
  expect(verdicts({ now }).get('start-up/list-1000/node-e-0')).toMatch(/^3\d\.\d ms\.$/);
  expect(verdicts({ now, base: { ...base, benchmarks: [] } }).get('start-up/list-1000/node-e-0')).toBe(
    'New: the base has no such benchmark.',
  );
});

test('groups of the list: what is worse before what is better', () => {
  const { benchmarks } = viewOf(fleetRun());
  const groups = new Map(benchmarks.map((one) => [one.benchmark, groupOf(one)]));
  expect(groups.get('start-up/list-1000/azfleet')).toBe('slower');
  expect(groups.get('vm-list/status-expired-100/azfleet')).toBe('counts worse');
  expect(groups.get('config-load/warm/azfleet')).toBe('faster');
  expect(groups.get('workflow/working-hour/azfleet')).toBe('counts better');
  expect(groups.get('start-up/list-10/azfleet')).toBe('no difference');
  expect(groupOf(viewOf({ now: smallRun().now }).benchmarks[0]!)).toBe('not compared');
});

test('a count that was not counted before', () => {
  expect(countChange({ count: 'calls', before: null, now: 3, change: 'different' })).toBe('calls not counted → 3');
});

function detectable(rounds: number, share: number | null, running = false): string {
  const report = viewOf({ now: resultFile([{ name: 'a/b/c', seconds: 1, rounds }]), running });
  return detectableWords(report, { ...report.benchmarks[0]!, detectableChange: share });
}

test('the smallest change that would be found', () => {
  expect(detectable(30, 0.042)).toBe('A change of 4.2 % or more would be found, from 30 rounds.');
  expect(detectable(5, 226.5)).toBe('Only a change of more than 100 % would be found, from 5 rounds.');
  expect(detectable(3, null)).toBe('3 rounds: too few to tell how small a change would be found.');
  expect(detectable(8, null, true)).toBe(
    '8 rounds so far; how small a change would be found is told at the end of a run.',
  );
});

test('searching: every word that was typed, in any order, in the name or in what came of it', () => {
  const { benchmarks } = viewOf(smallRun());
  const found = (typed: string): string[] =>
    benchmarks.filter((one) => matches(one, typed)).map(({ benchmark }) => benchmark);
  expect(found('NODE start')).toEqual(['start-up/list-1000/node-e-0']);
  expect(found('slower')).toEqual(['start-up/list-1000/azfleet']);
  expect(found('')).toHaveLength(4);
  expect(found('nothing')).toEqual([]);
});
