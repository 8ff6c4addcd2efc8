import { expect, test } from 'vitest';
import { compare } from './compare.ts';
import { perturbed, tuned, type Scenario } from '../src/simulation/scenarios.ts';

test.each([
  ['tuned', tuned[0] as Scenario],
  ['perturbed', perturbed[0] as Scenario],
])('5,000 tasks on pure latency (%s), cold: within 1.1 of the best fixed width', async (_set, scenario) => {
  const { cold } = await compare(scenario, {
    tasks: 5000,
    seeds: [1, 2, 3],
    widths: [512, 640, 768, 833, 896, 960, 1000, 1024],
  });
  expect(cold.ratio).toBeLessThanOrEqual(1.1);
});
