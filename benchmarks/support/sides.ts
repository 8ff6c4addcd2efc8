import { runProcess, type WholeSide } from '@azfleet/bench';
import { join } from 'node:path';
import type { Azfleet } from './azfleet.ts';
import type { Sandbox } from './sandbox.ts';

/** The measure of everything that Node starts. */
export function emptyProcess({ env }: Azfleet): WholeSide {
  return { name: 'node-e-0', whole: () => runProcess(process.execPath, ['-e', '0'], { env }) };
}

/** With nothing in the cache. */
export function cold(azfleet: Azfleet, words: readonly string[], name = 'azfleet'): WholeSide {
  return {
    name,
    whole() {
      azfleet.forgetCache();
      return azfleet.run(words, { asks: true });
    },
  };
}

/** With all that is needed in the cache. */
export function warm(azfleet: Azfleet, words: readonly string[]): WholeSide {
  return { name: 'azfleet', whole: () => azfleet.run(words, { asks: false }) };
}

/** With a cache in which something has expired. */
export function expired(azfleet: Azfleet, words: readonly string[]): WholeSide {
  return { name: 'azfleet', whole: () => azfleet.run(words, { asks: true }) };
}

type List = 'machines' | 'states' | 'interfaces' | 'addresses';

export const allLists: readonly List[] = ['machines', 'states', 'interfaces', 'addresses'];

/** A Node program that asks for the same lists, one of machines first, and does nothing else. */
export function bareClient({ sim, env }: Sandbox, lists: readonly List[]): WholeSide {
  const script = join(import.meta.dirname, 'bare-client.mjs');
  const args = [script, sim.endpoint, sim.caPath, sim.subscriptions[0].id, ...lists];
  return {
    name: 'bare-client',
    async whole() {
      const before = sim.stats().arm;
      const measured = await runProcess(process.execPath, args, { env });
      const machines = sim.fleet.machines().length;
      if (Number.parseInt(measured.stdout, 10) !== machines) throw new Error(`the bare client got ${measured.stdout}`);
      return { ...measured, counts: { calls: sim.stats().arm - before } };
    },
  };
}
