import type { MissingSide, SuiteContext } from '@azfleet/bench';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { cleanEnvironment } from '../support/environment.ts';
import type { SshFleet } from './fleet.ts';
import { type NodeClient, scriptArguments } from './node-clients.ts';
import { countedWarm, type WarmSide } from './warm-side.ts';

/** A Node program that keeps its connections, and runs `true` on all machines when it is asked. It measures itself. */
export async function warmClient(
  client: NodeClient,
  context: SuiteContext,
  fleet: SshFleet,
): Promise<WarmSide | MissingSide> {
  const args = await scriptArguments(context, 'warm-runs.mjs', client, fleet);
  if ('missing' in args) return args;
  const child = spawn(process.execPath, args, {
    env: cleanEnvironment(fleet.home),
    stdio: ['pipe', 'pipe', 'inherit'],
    signal: context.signal,
  });
  // It is told when it is asked.
  child.on('error', () => {});
  const ended = once(child, 'exit');
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return await countedWarm(client, fleet, {
    async runOnAll() {
      child.stdin.write('\n');
      const { value, done } = await answers.next();
      if (done === true) throw new Error(`${client} ended in the middle`);
      return Number(value) / 1000;
    },
    async close() {
      child.stdin.end();
      await ended;
    },
  });
}
