import { expect, test } from 'vitest';
import { runAdaptive } from '../src/simulation/adaptive.ts';
import { runFixed } from '../src/simulation/fixed.ts';
import { seededFor } from '../src/simulation/random.ts';
import { tuned, type Scenario } from '../src/simulation/scenarios.ts';

const pure = tuned[0] as Scenario;

// One in thirty hosts refuses once: that is their own affair, and no reason to slow down for all.
const sporadic: Scenario = {
  ...pure,
  make: (clock, seed, tasks) => {
    const network = pure.make(clock, seed, tasks);
    return {
      send: (request) => {
        const refuses = request.attempt === 1 && seededFor(seed, request.task, 99)() < 1 / 30;
        if (refuses) clock.setTimeout(() => request.reply({ kind: 'refused' }), 5);
        else network.send(request);
      },
    };
  },
};

test('single hosts that refuse do not keep the width down', async () => {
  for (const seed of [1, 2, 3]) {
    const adaptive = await runAdaptive(sporadic, { tasks: 2000, seed, maxConcurrency: 256 });
    const fixed = runFixed(sporadic, { width: 256, tasks: 2000, seed });
    expect(adaptive.width).toBe(256);
    expect(adaptive.makespanMs / fixed.makespanMs).toBeLessThan(1.15);
  }
});
