import type { Measured, OpenComparison, WholeSide } from '@azfleet/bench';
import { bestFixedWidth, type Outcome, runAdaptive, runFixed, type Scenario } from '@azfleet/executor/simulation';

interface NetworkOptions {
  /** The first of ten. */
  readonly seeds: number;
  /** Of the comparison's name. */
  readonly suffix?: string;
  /** Whether fixed widths that somebody would take who does not know the network are measured too. @default false */
  readonly usualWidths?: boolean;
  /** @default 1000 */
  readonly tasks?: number;
}

const SEEDS = 10;
/** A warm run remembers a run with another seed. */
const OTHER_SEEDS = 1000;
const bestFixed = 'best-fixed';

/**
 * How long all tasks take on a simulated network: seconds of a virtual clock, the same on every machine. Each round has a
 * seed of its own, the same for all sides, and all go round the same ten. `best-fixed` is what somebody would choose who
 * knows the network; `original` what this executor replaces: twice 8 cores wide, with time-outs of 20 s.
 */
export function onNetwork(
  scenario: Scenario,
  { seeds, suffix = '', usualWidths = false, tasks = 1000 }: NetworkOptions,
): OpenComparison {
  const all = Array.from({ length: SEEDS }, (_, place) => seeds + place);
  const { width } = bestFixedWidth(scenario, { tasks, seeds: all });
  const run = { tasks, maxConcurrency: 1024 };
  const side = (name: string, simulate: (seed: number) => Outcome | Promise<Outcome>): WholeSide => {
    let turn = 0;
    return {
      name,
      whole: async () => measured(scenario, await simulate(all[turn++ % SEEDS]!), tasks),
    };
  };
  const sides = [
    side('azfleet', (seed) => runAdaptive(scenario, { ...run, seed })),
    side('azfleet-warm', async (seed) => {
      const { state } = await runAdaptive(scenario, { ...run, seed: seed + OTHER_SEEDS });
      return await runAdaptive(scenario, { ...run, seed, state });
    }),
    side(bestFixed, (seed) => runFixed(scenario, { tasks, seed, width })),
  ];
  const usual = [
    side('fixed-10', (seed) => runFixed(scenario, { tasks, seed, width: 10 })),
    side('original', (seed) => runFixed(scenario, { tasks, seed, width: 16, timeoutMs: 20_000 })),
  ];
  return {
    name: `virtual-${wordOf(scenario.name)}${suffix}`,
    against: bestFixed,
    sides: usualWidths ? [...sides, ...usual] : sides,
    rounds: SEEDS,
  };
}

function measured({ name }: Scenario, { makespanMs, failed, dead, refused }: Outcome, tasks: number): Measured {
  if (failed > dead) throw new Error(`${failed - dead} of ${tasks} tasks were lost on ${name}`);
  // A server that names its quota need not refuse anything. Elsewhere refusals are how one finds out, and differ by seed.
  const counts = name === 'token bucket, headers' ? { counts: { calls: tasks + refused } } : {};
  return { seconds: makespanMs / 1000, ...counts };
}

/** `token bucket, no headers` → `token-bucket-no-headers` */
function wordOf(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
}
