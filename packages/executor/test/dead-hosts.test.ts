import { expect, test } from 'vitest';
import { runAdaptive } from '../src/simulation/adaptive.ts';
import { runFixed } from '../src/simulation/fixed.ts';
import { perturbed, tuned, type Scenario } from '../src/simulation/scenarios.ts';

const deadHosts = [tuned, perturbed].map((set) => set.find(({ name }) => name === 'dead hosts') as Scenario);

test.each([
  ['tuned', deadHosts[0] as Scenario],
  ['perturbed', deadHosts[1] as Scenario],
])('at least 2.5 times faster than a fixed width of 20 with time-outs of 30 s (%s)', async (_set, scenario) => {
  for (const seed of [1, 2, 3]) {
    const fixed = runFixed(scenario, { width: 20, tasks: 1000, seed, timeoutMs: 30_000 });
    const adaptive = await runAdaptive(scenario, { tasks: 1000, seed });
    expect(fixed.makespanMs / adaptive.makespanMs).toBeGreaterThanOrEqual(2.5);
    expect(adaptive.failed).toBe(adaptive.dead);
  }
});

test('time-outs do not shrink the width', async () => {
  const alive: Scenario = { ...(deadHosts[0] as Scenario), name: 'pure latency' };
  const [withDead, mostlyDead] = await Promise.all(
    [0.05, 0.5].map((share) => runAdaptive(withShare(alive, share), { tasks: 2000, seed: 1, maxConcurrency: 256 })),
  );
  expect(withDead?.width).toBe(256);
  expect(mostlyDead?.width).toBe(256);
});

function withShare(scenario: Scenario, share: number): Scenario {
  return {
    ...scenario,
    make: (clock, seed, tasks) => {
      const network = scenario.make(clock, seed, tasks);
      return { send: (request) => (request.task % 20 < share * 20 ? undefined : network.send(request)) };
    },
    isDead: (_seed, task) => task % 20 < share * 20,
  };
}
