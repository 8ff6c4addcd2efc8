import { describe, expect, test } from 'vitest';
import { runAdaptive } from '../src/simulation/adaptive.ts';
import { compare } from './compare.ts';
import { perturbed, tuned, type Scenario } from '../src/simulation/scenarios.ts';

// Makespan of 1,000 tasks against the best fixed width that a sweep from 1 to 1,024 finds.
const bound = { 'pure latency': 1.3, MaxStartups: 1.1 } as Record<string, number>;
const sets = [
  { set: 'tuned', scenarios: tuned, seeds: [1, 2, 3] },
  { set: 'perturbed', scenarios: perturbed, seeds: [101, 102, 103] },
];

describe.each(sets)('the $set networks', ({ scenarios, seeds }) => {
  test.each(scenarios.map((scenario) => [scenario.name, scenario] as const))('%s', async (name, scenario) => {
    const { best, cold, warm } = await compare(scenario, { tasks: 1000, seeds });
    expect(best.width).toBeGreaterThan(0);
    expect(cold.ratio).toBeLessThanOrEqual(bound[name] ?? 1.15);
    expect(warm.ratio).toBeLessThanOrEqual(name === 'local CPU' ? 1.2 : 1.1);
    expect(cold.lost + warm.lost).toBe(0);
  });
});

test.each(sets)('no request is refused where the server names its quota ($set)', async ({ scenarios, seeds }) => {
  const scenario = scenarios.find(({ name }) => name === 'token bucket, headers') as Scenario;
  for (const seed of seeds) {
    const cold = await runAdaptive(scenario, { tasks: 1000, seed });
    const warm = await runAdaptive(scenario, { tasks: 1000, seed: seed + 50, state: cold.state });
    expect([cold.refused, warm.refused]).toEqual([0, 0]);
    expect([cold.mostRetries, warm.mostRetries]).toEqual([0, 0]);
  }
});
