import { describe, expect, it } from 'vitest';
import { compareResults } from '../../src/compare/compare.ts';
import type { ResultFile } from '../../src/result/result.ts';
import { oneRun, start, startWith } from '../support/decide.ts';

const verdicts = (comparison: ReturnType<typeof compareResults>): Record<string, string | undefined> =>
  Object.fromEntries(comparison.benchmarks.map(({ benchmark, time }) => [benchmark, time?.verdict]));

/** On a machine that becomes slower all the time. */
function slowing(result: ResultFile): ResultFile {
  const benchmarks = result.benchmarks.map((one) => {
    const rounds = one.rounds.map((seconds, round) => seconds * (1 + round / 10));
    return Object.assign({}, one, { rounds });
  });
  return { ...result, benchmarks };
}

describe('two builds of one run', () => {
  it('are compared round by round: a build that is 12 % slower is found among 2 % of noise', () => {
    const { base, now } = oneRun(start, startWith({ seconds: 0.045 * 1.12 }));
    const comparison = compareResults(base, now);
    expect(comparison).toMatchObject({ sideBySide: true, comparisons: 2, confidence: 0.95 });
    expect(verdicts(comparison)).toEqual({
      'start-up/list/azfleet': 'slower',
      'start-up/list/node-e-0': 'no difference',
    });
    const { time } = comparison.benchmarks[0]!;
    expect(time!.of).toBe('time');
    expect(time!.low).toBeLessThan(1.12);
    expect(time!.high).toBeGreaterThan(1.12);
  });

  it('are faster where they are', () => {
    const { base, now } = oneRun(start, startWith({ seconds: 0.03 }));
    expect(verdicts(compareResults(base, now))['start-up/list/azfleet']).toBe('faster');
  });

  it('meet the same machine in the same round: what it does to both is no difference', () => {
    const { base, now } = oneRun(start, start);
    expect(compareResults(slowing(base), slowing(now)).benchmarks[0]!.time!.high).toBeLessThan(1.05);
  });

  it('have times also where no peer was measured along', () => {
    const alone = [{ name: 'config/load/azfleet', seconds: 1e-4 }];
    const { base, now } = oneRun(alone, alone);
    expect(compareResults(base, now).benchmarks[0]).toMatchObject({ notCompared: null, time: { of: 'time' } });
  });

  it('are not compared in time from four rounds, but in their counts', () => {
    const few = startWith({ rounds: 4 });
    const { base, now } = oneRun(few, startWith({ rounds: 4, calls: 7 }));
    const one = compareResults(base, now).benchmarks.find(({ benchmark }) => benchmark.endsWith('azfleet'))!;
    expect(one).toMatchObject({ time: null, notCompared: 'too few rounds' });
    expect(one.counts[0]).toEqual({ count: 'calls', base: 0, new: 7, change: 'worse' });
  });

  it('name what only one of them has', () => {
    const more = { name: 'start-up/help/azfleet', seconds: 0.03 };
    const { base, now } = oneRun([start[0]!, start[1]!], [start[0]!, more]);
    expect(compareResults(base, now)).toMatchObject({
      onlyInBase: ['start-up/list/node-e-0'],
      onlyInNew: ['start-up/help/azfleet'],
      comparisons: 1,
    });
  });
});
