import { appendFileSync } from 'node:fs';
import type { SshMachines } from '../ssh/machines.ts';
import type { Sandbox } from '../support/sandbox.ts';

/** Machines that a simulated Azure shows, for azfleet and for other SSH clients. */
export interface RunFleet extends SshMachines {
  readonly sandbox: Sandbox;
  close(): Promise<void>;
}

/** Adds lines to what azfleet's configuration says of SSH. */
export function configureSsh({ env }: Sandbox, identityFile: string, lines: readonly string[]): void {
  const section = ['[contexts.sim.ssh]', `identity_files = ${JSON.stringify([identityFile])}`, 'agent = "off"'];
  appendFileSync(env['AZFLEET_CONFIG']!, `${[...section, ...lines].join('\n')}\n`);
}
