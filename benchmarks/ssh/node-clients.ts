import { type MissingSide, runProcess, type Side, type SuiteContext } from '@azfleet/bench';
import { join } from 'node:path';
import { cleanEnvironment } from '../support/environment.ts';
import { peerAddress } from '../support/peer-address.ts';
import { countHandshakes } from './count-handshakes.ts';
import type { SshMachines } from './machines.ts';

export type NodeClient = 'azfleet' | 'ssh2';

const flags = ['--disable-warning=ExperimentalWarning'];

/** Where a client is imported from; `undefined`: not installed. */
async function addressOf(context: SuiteContext, client: NodeClient): Promise<string | undefined> {
  return client === 'azfleet' ? import.meta.resolve('@azfleet/ssh-pool') : await peerAddress(context, 'ssh2');
}

/** The arguments of Node with which a script beside this file is a client; or what is missing for that. */
export async function scriptArguments(
  context: SuiteContext,
  script: string,
  client: NodeClient,
  { list }: SshMachines,
): Promise<string[] | MissingSide> {
  const address = await addressOf(context, client);
  if (address === undefined) return { name: client, missing: `not installed (npm install ${client})` };
  return [...flags, join(import.meta.dirname, script), client, address, list];
}

/** A Node program, from its start to its end, that connects to every machine and runs `true` there. */
export async function coldSide(context: SuiteContext, client: NodeClient, fleet: SshMachines): Promise<Side> {
  const args = await scriptArguments(context, 'cold-run.mjs', client, fleet);
  if ('missing' in args) return args;
  const options = { env: cleanEnvironment(fleet.home), signal: context.signal };
  return {
    name: client,
    whole: () => countHandshakes(fleet, () => runProcess(process.execPath, args, options)),
  };
}
