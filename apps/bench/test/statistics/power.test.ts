import { describe, expect, it, vi } from 'vitest';
import { changeOf } from '../../src/statistics/change.ts';
import { detectableChange } from '../../src/statistics/detectable-change.ts';
import type { Estimate } from '../../src/statistics/estimate.ts';
import { Draw, noises } from '../support/noise.ts';
import { fromRunToRun, sideBySide } from '../support/simulate.ts';

// Thousands of comparisons, each with its bootstrap: minutes where the machine has other things to do.
vi.setConfig({ testTimeout: 600_000 });

const rounds = 80;
const benchmarks = 10;
const repetitions = 400;

describe.each(Object.entries(noises))('noise: %s', (_, noise) => {
  it('a slow-down as large as a comparison calls detectable would have been found by it in four cases of five', () => {
    const found = share((draw) => {
      const one = sideBySide(noise, rounds, draw);
      return isFound(one, changeOf(one, benchmarks).detectableChange);
    });
    expect(found).toBeGreaterThanOrEqual(0.8);
  });
});

// In the other noises rounds resemble their neighbours, and how much is not known well from 80 of them.
describe.each(['log-normal', 'heavy tails', 'drift', 'bimodal'])('noise: %s', (name) => {
  const noise = noises[name]!;

  it('a slow-down as large as a comparison calls detectable is found by the next one in four cases of five', () => {
    const found = share((draw) => {
      const { detectableChange } = changeOf(sideBySide(noise, rounds, draw), benchmarks);
      return isFound(sideBySide(noise, rounds, draw), detectableChange);
    });
    expect(found).toBeGreaterThanOrEqual(0.8);
  });

  it('a slow-down as large as a result file calls detectable is found between two runs in four cases of five', () => {
    const found = share((draw) => {
      const { base: peer, next: own } = noise(rounds, draw);
      return isFound(fromRunToRun(noise, rounds, draw), detectableChange(own, peer, benchmarks)!);
    });
    expect(found).toBeGreaterThanOrEqual(0.8);
  });

  it('a slow-down as large as a file without a peer calls detectable is found side by side in four cases of five', () => {
    const found = share((draw) => {
      const { base } = noise(rounds, draw);
      return isFound(sideBySide(noise, rounds, draw), detectableChange(base, undefined, benchmarks)!);
    });
    expect(found).toBeGreaterThanOrEqual(0.8);
  });
});

/** Whether a comparison of two builds that are the same would find that one of them takes longer by this share. */
function isFound(same: Estimate, slowdown: number): boolean {
  return changeOf({ ...same, location: same.location + Math.log1p(slowdown) }, benchmarks).verdict === 'slower';
}

function share(isFoundIn: (draw: Draw) => boolean): number {
  const draw = new Draw(11);
  const found = Array.from({ length: repetitions }, () => isFoundIn(draw)).filter(Boolean).length;
  return found / repetitions;
}
