import { type Counts, type OpenComparison, type Side, suite, type SuiteContext, type WholeSide } from '@azfleet/bench';
import { azSide } from './support/az.ts';
import { openSandbox, type Sandbox } from './support/sandbox.ts';
import { together } from './support/together.ts';
import { type VirtualClock, virtualClock } from './support/virtual-clock.ts';
import { hourInAz, MACHINES, workingHour } from './support/working-hour.ts';

export default suite({
  about: `a working hour of ${workingHour.length} commands with the cache, without it, and with az: calls, cache hits`,
  open: (context) => ({ comparisons: [() => hour(context)] }),
});

async function hour(context: SuiteContext): Promise<OpenComparison> {
  const time = virtualClock();
  // With the freshness that azfleet has by default: that is what is to be shown.
  const sandbox = await openSandbox(context, { machines: MACHINES, clock: time.clock, freshness: {} });
  const counts = new Map<string, Counts>();
  const sides = [
    typed(sandbox, time, 'azfleet', []),
    typed(sandbox, time, 'no-cache', ['--no-cache']),
    await azSide(context, sandbox, hourInAz(sandbox.sim.fleet.machines())),
  ];
  return {
    name: 'hour',
    against: 'no-cache',
    sides: sides.map((side) => remembering(side, counts)),
    // Counted rather than timed: an hour has the same calls every time.
    rounds: 1,
    async close() {
      await sandbox.close();
      checkSavings(counts);
    },
  };
}

/** The commands of the hour, one after another, each at its time: the clock is moved on to it. */
function typed(sandbox: Sandbox, time: VirtualClock, name: string, more: readonly string[]): WholeSide {
  return {
    name,
    async whole() {
      sandbox.forgetCache();
      const begin = time.clock.now();
      const all = [];
      for (const { second, words } of workingHour) {
        time.moveTo(begin + second * 1000);
        all.push(await sandbox.run([...words, ...more], time.options()));
      }
      return together(all);
    },
  };
}

function remembering(side: Side, counts: Map<string, Counts>): Side {
  if (!('whole' in side)) return side;
  return {
    name: side.name,
    async whole() {
      const measured = await side.whole();
      counts.set(side.name, measured.counts ?? {});
      return measured;
    },
  };
}

/** What the cache is for: where it does not do that, the suite fails. */
function checkSavings(counts: ReadonlyMap<string, Counts>): void {
  const { calls, cacheHits = 0, cacheMisses = 0 } = counts.get('azfleet') ?? {};
  // Interrupted before the first hour was over.
  if (calls === undefined) return;
  for (const [side, most] of [
    ['no-cache', 0.1],
    ['az', 0.05],
  ] as const) {
    const others = counts.get(side)?.calls;
    if (others !== undefined && calls > others * most) {
      throw new Error(`the hour took ${calls} calls, more than ${most * 100} % of the ${others} of ${side}`);
    }
  }
  const hitRatio = cacheHits / (cacheHits + cacheMisses);
  if (!(hitRatio > 0.8)) throw new Error(`the hour had a cache hit ratio of ${hitRatio}, not more than 0.8`);
}
