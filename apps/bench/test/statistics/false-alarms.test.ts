import { describe, expect, it, vi } from 'vitest';
import { noises } from '../support/noise.ts';
import { falseAlarmRate, fromRunToRun, launchBesideLaunch, sideBySide } from '../support/simulate.ts';

// Thousands of comparisons, each with its bootstrap: minutes where the machine has other things to do.
vi.setConfig({ testTimeout: 600_000 });

/** Comparisons of a build with itself, of ten benchmarks each. */
const family = { comparisons: 1000, benchmarks: 10 };
const rounds = 80;
const nominal = 0.05;

describe.each(Object.entries(noises))('noise: %s', (_, noise) => {
  it('side by side, at most one comparison in twenty finds anything in a build and itself', () => {
    expect(falseAlarmRate((draw) => sideBySide(noise, rounds, draw), { ...family, seed: 1 })).toBeLessThanOrEqual(
      nominal,
    );
  });
});

describe.each(['log-normal', 'autocorrelation'])('noise: %s', (name) => {
  it('from run to run, at most one comparison in twenty finds anything in a build and itself', () => {
    const noise = noises[name]!;
    expect(falseAlarmRate((draw) => fromRunToRun(noise, rounds, draw), { ...family, seed: 2 })).toBeLessThanOrEqual(
      nominal,
    );
  });
});

it('in operations, whose processes differ, one comparison in twenty finds something in a build and itself', () => {
  // Student's t is exact for this noise, neither too strict nor too lax: within three standard errors of the nominal.
  const rate = falseAlarmRate((draw) => launchBesideLaunch(60, draw), { ...family, seed: 3 });
  expect(Math.abs(rate - nominal)).toBeLessThan(3 * Math.sqrt((nominal * (1 - nominal)) / family.comparisons));
});
