import { describe, expect, it } from 'vitest';
import { compareResults } from '../../src/compare/compare.ts';
import { regressions } from '../../src/gate/regressions.ts';
import { command, resultsFolder } from '../support/decide.ts';
import { recordedRun } from '../support/recorded.ts';

/** The suite start-up on two copies of one build, ten times: recorded on two cores that were shared with others. */
const runs = Array.from({ length: 10 }, (_, index) => recordedRun(`same-${index + 1}`));

describe.each(runs.map((run, index) => ({ ...run, number: index + 1 })))('a build and itself, run $number', (run) => {
  it('is let through, side by side', async () => {
    const folder = resultsFolder({ 'base.json': run.base, 'new.json': run.now });
    expect(await command(folder, ['gate', 'base.json', 'new.json'])).toMatchObject({
      exitCode: 0,
      stdout: '✓ the gate is open: 8 benchmarks compared\n',
    });
  });

  it('shows no difference, not even a small one', () => {
    const verdicts = compareResults(run.base, run.now).benchmarks.map(({ time }) => time?.verdict);
    expect(verdicts).toEqual(Array.from({ length: 8 }, () => 'no difference'));
  });

  it('is let through when it is compared with the other runs, by its ratios', () => {
    for (const other of runs.filter(({ now }) => now !== run.now)) {
      const { benchmarks, sideBySide, comparisons } = compareResults(other.now, run.now);
      expect({ sideBySide, comparisons }).toEqual({ sideBySide: false, comparisons: 4 });
      expect(regressions(benchmarks, 0.05)).toEqual([]);
    }
  });
});
