import { expect, test } from 'vitest';
import { compare } from './compare.ts';
import { tuned } from '../src/simulation/scenarios.ts';

// With the default bound of 256, and a sweep up to the same.
test.each(tuned.map((scenario) => [scenario.name, scenario] as const))('%s', async (_name, scenario) => {
  const { cold } = await compare(scenario, { tasks: 1000, seeds: [1, 2, 3], maxConcurrency: 256 });
  expect(cold.ratio).toBeLessThanOrEqual(1.15);
});
