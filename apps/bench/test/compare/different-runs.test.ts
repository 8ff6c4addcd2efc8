import { describe, expect, it } from 'vitest';
import { compareResults } from '../../src/compare/compare.ts';
import { start, startWith } from '../support/decide.ts';
import { type MadeUp, resultFile } from '../support/result-files.ts';

/** Another run, on a machine that takes as many times as long for everything. */
const run = (benchmarks: readonly MadeUp[], index: number, factor: number) =>
  resultFile(benchmarks, { run: `run-${index}`, seed: index, factor });

describe('two files of different runs', () => {
  it('are compared by the ratio to the peer: a machine half as fast is no slow-down', () => {
    const { benchmarks, sideBySide } = compareResults(run(start, 1, 1), run(start, 2, 2));
    expect(sideBySide).toBe(false);
    const own = benchmarks.find(({ benchmark }) => benchmark === 'start-up/list/azfleet')!;
    expect(own.time).toMatchObject({ of: 'ratio', against: 'start-up/list/node-e-0', verdict: 'no difference' });
    expect(own.seconds.new / own.seconds.base!).toBeGreaterThan(1.8);
  });

  it('show a slow-down through the ratio, on a faster machine too', () => {
    const comparison = compareResults(run(start, 1, 1), run(startWith({ seconds: 0.054 }), 2, 0.5));
    const { time } = comparison.benchmarks[0]!;
    expect(time).toMatchObject({ of: 'ratio', verdict: 'slower' });
    if (time?.of !== 'ratio') throw new Error('not a ratio');
    expect(time.new / time.base).toBeCloseTo(time.ratio, 12);
    expect(time.ratio).toBeCloseTo(1.2, 1);
  });

  it('are not compared in time where no peer was measured along', () => {
    const peer = compareResults(run(start, 1, 1), run(start, 2, 1)).benchmarks.find(
      ({ benchmark }) => benchmark === 'start-up/list/node-e-0',
    );
    expect(peer).toMatchObject({ time: null, notCompared: 'no peer was measured along' });
  });

  it('are not compared in time where the peer is another', () => {
    const other = [...startWith({ against: 'bun-e-0' }), { name: 'start-up/list/bun-e-0', seconds: 0.01 }];
    const { benchmarks } = compareResults(run(start, 1, 1), run(other, 2, 1));
    expect(benchmarks.find(({ benchmark }) => benchmark === 'start-up/list/azfleet')).toMatchObject({
      time: null,
      notCompared: 'not measured against the same peer',
    });
  });

  it('are not compared in time where the peer was not there', () => {
    const { benchmarks } = compareResults(run(start, 1, 1), run([start[0]!], 2, 1));
    expect(benchmarks[0]).toMatchObject({ time: null, notCompared: 'no peer was measured along' });
  });

  it('are not compared in time from too few rounds', () => {
    const few = startWith({ rounds: 3 });
    const { benchmarks } = compareResults(run(few, 1, 1), run(start, 2, 1));
    expect(benchmarks.find(({ benchmark }) => benchmark === 'start-up/list/azfleet')).toMatchObject({
      notCompared: 'too few rounds',
    });
  });

  it('count exactly, whatever the machine', () => {
    const { benchmarks } = compareResults(run(start, 1, 1), run(startWith({ calls: 4, cache: [0, 4] }), 2, 3));
    const changed = benchmarks[0]!.counts.filter(({ change }) => change === 'worse').map(({ count }) => count);
    expect(changed).toEqual(['calls', 'misses', 'hit ratio']);
  });
});
