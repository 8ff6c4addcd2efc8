import { type AdaptiveOutcome, runAdaptive } from '../src/simulation/adaptive.ts';
import type { Outcome } from '../src/simulation/fixed.ts';
import type { Scenario } from '../src/simulation/scenarios.ts';
import { type Best, bestFixedWidth, coarseWidths } from '../src/simulation/sweep.ts';

/** Runs of one strategy with several seeds, against the best fixed width. */
interface Figures {
  /** Mean makespan, divided by that of the best fixed width. */
  readonly ratio: number;
  /** Of the seed that was the worst. */
  readonly worstRatio: number;
  /** Most requests refused or throttled, and most retries of one task, with any seed. */
  readonly refused: number;
  readonly mostRetries: number;
  /** Tasks that failed although they were not dead, over all seeds. */
  readonly lost: number;
}

export interface CompareOptions {
  readonly tasks: number;
  readonly seeds: readonly number[];
  /** The bound of the executor and of the sweep. @default 1024 */
  readonly maxConcurrency?: number;
  /** @default a coarse sweep */
  readonly widths?: readonly number[];
}

export interface Comparison {
  readonly best: Best;
  /** The executor, knowing nothing. */
  readonly cold: Figures;
  /** The executor, with what it learned with another seed. */
  readonly warm: Figures;
}

// A warm run remembers a run with another seed.
const OTHER_SEEDS = 1000;

export async function compare(scenario: Scenario, options: CompareOptions): Promise<Comparison> {
  const { tasks, seeds, maxConcurrency = 1024 } = options;
  const widths = (options.widths ?? coarseWidths).filter((width) => width <= maxConcurrency);
  const best = bestFixedWidth(scenario, { tasks, seeds, widths });
  const cold: AdaptiveOutcome[] = [];
  const warm: AdaptiveOutcome[] = [];
  for (const seed of seeds) {
    cold.push(await runAdaptive(scenario, { tasks, seed, maxConcurrency }));
    const { state } = await runAdaptive(scenario, { tasks, seed: seed + OTHER_SEEDS, maxConcurrency });
    warm.push(await runAdaptive(scenario, { tasks, seed, maxConcurrency, state }));
  }
  return { best, cold: figures(cold, best), warm: figures(warm, best) };
}

function figures(outcomes: readonly Outcome[], best: Best): Figures {
  const ratios = outcomes.map((outcome) => outcome.makespanMs / best.makespanMs);
  return {
    ratio: ratios.reduce((sum, ratio) => sum + ratio, 0) / ratios.length,
    worstRatio: Math.max(...ratios),
    refused: Math.max(...outcomes.map((outcome) => outcome.refused)),
    mostRetries: Math.max(...outcomes.map((outcome) => outcome.mostRetries)),
    lost: outcomes.reduce((sum, outcome) => sum + outcome.failed - outcome.dead, 0),
  };
}
