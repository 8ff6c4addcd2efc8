import { describe, expect, it } from 'vitest';
import { compareResults } from '../../src/compare/compare.ts';
import type { ResultFile } from '../../src/result/result.ts';
import { recordedRun } from '../support/recorded.ts';

const runs = Array.from({ length: 10 }, (_, index) => recordedRun(`same-${index + 1}`));

/** As if each benchmark had become slower by a factor of its own. */
function slowed(result: ResultFile, factors: ReadonlyMap<string, number>): ResultFile {
  const benchmarks = result.benchmarks.map((one) => {
    const rounds = one.rounds.map((seconds) => seconds * factors.get(one.benchmark)!);
    return Object.assign({}, one, { rounds });
  });
  return { ...result, benchmarks };
}

describe('on recorded runs', () => {
  it('slow-downs of the size that is called detectable are found in four cases of five', () => {
    const verdicts = runs.flatMap(({ base, now }) => {
      const detectable = compareResults(base, now).benchmarks.map(
        ({ benchmark, time }) => [benchmark, 1 + time!.detectableChange] as const,
      );
      return compareResults(base, slowed(now, new Map(detectable))).benchmarks.map(({ time }) => time!.verdict);
    });
    expect(verdicts.filter((verdict) => verdict === 'slower').length / verdicts.length).toBeGreaterThanOrEqual(0.8);
  });
});
