import type { SuiteContext } from '@azfleet/bench';
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { type SshMachine, writeClientFiles } from '../ssh/machines.ts';
import { openSandbox, type Sandbox } from '../support/sandbox.ts';
import { configureSsh, type RunFleet } from './run-fleet.ts';

/** Simulated machines with SSH, all of which run. azfleet has nothing cached, knows no host key and has learned nothing. */
export async function openSimFleet(context: SuiteContext, count: number, roundTripMs: number): Promise<RunFleet> {
  // Some of the simulator's machines do not run.
  const sandbox = await openSandbox(context, { machines: 2 * count, ssh: { roundTripMs } });
  try {
    const { sim, directory } = sandbox;
    const ssh = sim.ssh!;
    const machines = keepMachines(sandbox, count);
    // The simulator's own goes with it.
    const identityFile = join(directory, 'id_ed25519');
    copyFileSync(ssh.privateKeyPath, identityFile);
    configureSsh(sandbox, identityFile, ssh.port === undefined ? [] : [`port = ${ssh.port}`]);
    return {
      sandbox,
      home: directory,
      machines,
      ...writeClientFiles(directory, identityFile, machines),
      handshakes: () => sim.stats().ssh!.handshakes,
      close: () => sandbox.close(),
    };
  } catch (error) {
    await sandbox.close();
    throw error;
  }
}

/** Takes all but so many away, which can be reached. */
function keepMachines({ sim }: Sandbox, count: number): SshMachine[] {
  const endpoints = sim.ssh!.endpoints();
  const kept: SshMachine[] = [];
  for (const { id, adminUsername: user, publicIps, privateIps } of sim.fleet.machines()) {
    const address = [...publicIps, ...privateIps].find((candidate) => endpoints.has(candidate));
    if (address === undefined || kept.length === count) sim.fleet.remove(id);
    else kept.push({ name: `m${kept.length}`, ...endpoints.get(address)!, user, hostKey: sim.ssh!.hostKey(id) });
  }
  if (kept.length < count) throw new Error(`there are ${kept.length} machines with SSH, not ${count}`);
  return kept;
}
