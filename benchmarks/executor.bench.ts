// Nine simulated networks on a virtual clock: how long the executor takes for 1,000 tasks, divided by what the best fixed
// width takes that a sweep from 1 to 1,024 finds. Beside it a fixed width of 10, and the original design (twice the cores
// of an 8-core machine, at most 20; time-outs of 20 s). The same seeds give the same figures on every machine.
//
//   SEEDS=20 …        more seeds than 10          FULL=1 …   every width from 1 to 1,024, not every 25th part more
import { runAdaptive } from '../packages/executor/sim/adaptive.ts';
import { compare, compareFixed, type Comparison } from '../packages/executor/sim/compare.ts';
import { runFixed } from '../packages/executor/sim/fixed.ts';
import { perturbed, tuned, type Scenario, type ScenarioName } from '../packages/executor/sim/scenarios.ts';
import { coarseWidths, everyWidth } from '../packages/executor/sim/sweep.ts';

const SEEDS = Number(process.env['SEEDS'] ?? 10);
const widths = process.env['FULL'] === '1' ? everyWidth : coarseWidths;
const ORIGINAL = { width: Math.min(20, 2 * 8), timeoutMs: 20_000 };

const sets = [
  { name: 'tuned', scenarios: tuned, seeds: seedsFrom(1) },
  { name: 'perturbed (checked, never tuned on)', scenarios: perturbed, seeds: seedsFrom(101) },
];

for (const set of sets) {
  await table(set.name, set.scenarios, set.seeds, 1024);
  await table(set.name, set.scenarios, set.seeds, 256);
}
for (const set of sets) await besides(set.name, set.scenarios, set.seeds);

async function table(
  name: string,
  scenarios: readonly Scenario[],
  seeds: readonly number[],
  maxConcurrency: number,
): Promise<void> {
  console.log(
    `\n${name}: 1,000 tasks, ${seeds.length} seeds, widths up to ${maxConcurrency}; mean (worst seed) of makespan ÷ best fixed width`,
  );
  console.log(
    row(['network', 'best width', 'makespan', 'fixed 10', 'original', 'cold', 'warm', 'refused cold/warm', 'bounds']),
  );
  for (const scenario of scenarios) {
    const comparison = await compare(scenario, { tasks: 1000, seeds, maxConcurrency, widths });
    const { best, cold, warm } = comparison;
    const fixed10 = compareFixed(scenario, seeds, best, { width: 10, tasks: 1000 });
    const original = compareFixed(scenario, seeds, best, { ...ORIGINAL, tasks: 1000 });
    console.log(
      row([
        scenario.name,
        String(best.width),
        `${(best.makespanMs / 1000).toFixed(2)} s`,
        fixed10.ratio.toFixed(2),
        original.ratio.toFixed(2),
        `${cold.ratio.toFixed(2)} (${cold.worstRatio.toFixed(2)})`,
        `${warm.ratio.toFixed(2)} (${warm.worstRatio.toFixed(2)})`,
        `${cold.refused} / ${warm.refused}`,
        verdict(scenario.name, comparison),
      ]),
    );
  }
}

function verdict(name: ScenarioName, { cold, warm }: Comparison): string {
  const coldBound = name === 'pure latency' ? 1.3 : name === 'MaxStartups' ? 1.1 : 1.15;
  const warmBound = name === 'local CPU' ? 1.2 : 1.1;
  const unrefused = name !== 'token bucket, headers' || cold.refused + warm.refused === 0;
  return judge(cold.ratio <= coldBound && warm.ratio <= warmBound && unrefused, `≤ ${coldBound} / ≤ ${warmBound}`);
}

/** What else must hold, and what the executor costs where it is told less. */
async function besides(name: string, scenarios: readonly Scenario[], seeds: readonly number[]): Promise<void> {
  const named = (wanted: ScenarioName): Scenario => scenarios.find((scenario) => scenario.name === wanted) as Scenario;
  const few = seeds.slice(0, 5);
  console.log(`\n${name}, besides`);

  const large = await compare(named('pure latency'), {
    tasks: 5000,
    seeds: few,
    widths: coarseWidths.filter((width) => width >= 512),
  });
  console.log(
    `pure latency, 5,000 tasks, cold: ${large.cold.ratio.toFixed(2)} ${judge(large.cold.ratio <= 1.1, '≤ 1.1')}`,
  );

  const dead = named('dead hosts');
  const speedUps = [];
  for (const seed of few) {
    const fixed = runFixed(dead, { width: 20, tasks: 1000, seed });
    speedUps.push(fixed.makespanMs / (await runAdaptive(dead, { tasks: 1000, seed, maxConcurrency: 256 })).makespanMs);
  }
  const least = Math.min(...speedUps);
  console.log(
    `dead hosts, against a fixed width of 20 with time-outs of 30 s: ${least.toFixed(1)} times as fast ${judge(least >= 2.5, '≥ 2.5')}`,
  );

  // The utilization of the event loop is what tells the executor of a busy process; without it, latency has to.
  const cpu = named('local CPU');
  for (const maxConcurrency of [1024, 256]) {
    const { best } = await compare(cpu, { tasks: 1000, seeds: few.slice(0, 1), maxConcurrency });
    const hidden = await runAdaptive(cpu, { tasks: 1000, seed: few[0] as number, maxConcurrency, hideLoad: true });
    console.log(
      `local CPU, utilization not seen, widths up to ${maxConcurrency}, cold: ${(hidden.makespanMs / best.makespanMs).toFixed(2)}`,
    );
  }
}

function judge(holds: boolean, bound: string): string {
  if (!holds) process.exitCode = 1;
  return holds ? `holds (${bound})` : `DOES NOT HOLD (${bound})`;
}

function row(cells: readonly string[]): string {
  const sizes = [25, 11, 10, 9, 9, 12, 12, 18, 0];
  return cells
    .map((cell, place) => (place === 0 ? cell.padEnd(sizes[0] as number) : cell.padStart(sizes[place] as number) + ' '))
    .join('');
}

function seedsFrom(first: number): number[] {
  return Array.from({ length: SEEDS }, (_, place) => first + place);
}
