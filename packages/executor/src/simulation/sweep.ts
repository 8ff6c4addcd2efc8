import { type Outcome, runFixed } from './fixed.ts';
import type { Scenario } from './scenarios.ts';

export interface Best {
  readonly width: number;
  readonly makespanMs: number;
}

export interface SweepOptions {
  readonly tasks: number;
  readonly seeds: readonly number[];
  /** @default every width up to 64, then in steps of 4 %, up to 1,024 */
  readonly widths?: readonly number[];
}

export const coarseWidths: readonly number[] = widthsUpTo(1024, 1.04);

/**
 * The fixed width with the least mean makespan over the seeds: what someone who knows the network would choose. A width
 * counts only if at most 0.1 % of its tasks needed more than three retries, and none failed but the dead.
 */
export function bestFixedWidth(scenario: Scenario, { tasks, seeds, widths = coarseWidths }: SweepOptions): Best {
  let best: Best = { width: 0, makespanMs: Infinity };
  for (const width of widths) {
    const makespanMs = meanMakespanOf(width, scenario, tasks, seeds, best.makespanMs);
    if (makespanMs < best.makespanMs) best = { width, makespanMs };
  }
  return best;
}

/** Infinity as soon as the width is known not to count, or not to be the best. */
function meanMakespanOf(
  width: number,
  scenario: Scenario,
  tasks: number,
  seeds: readonly number[],
  best: number,
): number {
  let sum = 0;
  for (const seed of seeds) {
    const outcome = runFixed(scenario, { width, tasks, seed, untilMs: best * seeds.length - sum });
    sum += outcome.makespanMs;
    if (!counts(outcome, tasks) || sum / seeds.length >= best) return Infinity;
  }
  return sum / seeds.length;
}

export function counts(outcome: Outcome, tasks: number): boolean {
  return outcome.failed === outcome.dead && outcome.overRetried <= tasks / 1000;
}

function widthsUpTo(most: number, factor: number): number[] {
  const widths: number[] = [];
  for (let width = 1; width < most; width = width < 64 ? width + 1 : Math.ceil(width * factor)) widths.push(width);
  return [...widths, most];
}
