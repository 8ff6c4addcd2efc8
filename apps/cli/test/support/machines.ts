import type { AzureSim, AzureSimOptions, SimMachineChange, SimSsh } from '@azfleet/azure-sim';
import { appendFileSync, readFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { testFleet, type TestFleet } from './cli.ts';
import { startSshd, type Sshd } from './sshd.ts';

/** A simulated Azure whose machines are `vm-01`, `vm-02`, …, all of them running, with SSH servers. */
export async function fleetOfMachines(
  count: number,
  options: AzureSimOptions & { ssh?: object } = {},
): Promise<TestFleet & { readonly ssh: SimSsh }> {
  const fleet = await testFleet({ machines: 0, ssh: true, ...options });
  const { sim } = fleet;
  for (let added = 0; added < count; added += 1) sim.fleet.add();
  await untilReachable(sim);
  return { ...fleet, ssh: sim.ssh! };
}

/** Waits until every running machine has its SSH server, as after a change of the fleet. */
export async function untilReachable({ fleet, ssh }: AzureSim): Promise<void> {
  const running = fleet.machines().filter(({ powerState }) => powerState === 'running');
  const addresses = running.flatMap(({ privateIps, publicIps }) => privateIps.concat(publicIps));
  while (!addresses.every((address) => ssh!.endpoints().has(address))) {
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** A simulated Azure that shows machines at 127.0.0.1, where Debian's `sshd` answers for all of them, with a real shell. */
export async function fleetOnSshd(
  names: readonly string[] = ['real-01'],
  { sshd: sshdSettings = [], machine = {} }: { sshd?: readonly string[]; machine?: SimMachineChange } = {},
): Promise<TestFleet & { readonly sshd: Sshd }> {
  const fleet = await testFleet({ machines: 0 });
  const sshd = await startSshd(sshdSettings);
  for (const name of names) fleet.sim.fleet.add({ name, publicIps: ['127.0.0.1'], ...machine });
  configureSsh(fleet, [
    `user = ${JSON.stringify(userInfo().username)}`,
    `identity_files = ${JSON.stringify([sshd.identityFile])}`,
    `known_hosts = ${JSON.stringify(join(fleet.sandbox.directory, 'users_known_hosts'))}`,
    `ports = { ${names.map((name) => `${JSON.stringify(name)} = ${sshd.port}`).join(', ')} }`,
  ]);
  return { ...fleet, sshd };
}

/** Adds lines to what the configuration says of SSH. */
export function configureSsh({ env }: Pick<TestFleet, 'env'>, lines: readonly string[]): void {
  const file = env['AZFLEET_CONFIG']!;
  const section = readFileSync(file, 'utf8').includes('[contexts.sim.ssh]') ? [] : ['', '[contexts.sim.ssh]'];
  appendFileSync(file, `${[...section, ...lines].join('\n')}\n`);
}

/** The known_hosts of azfleet's own. */
export function ownKnownHosts({ env }: Pick<TestFleet, 'env'>): string {
  return join(env['AZFLEET_CONFIG']!, '../known_hosts');
}
