import type { SuiteContext } from '@azfleet/bench';
import { userInfo } from 'node:os';
import { startFleet } from '../ssh/fleet.ts';
import { openSandbox } from '../support/sandbox.ts';
import { configureSsh, type RunFleet } from './run-fleet.ts';

/** Machines that a simulated Azure shows at 127.0.0.1, where OpenSSH's own server answers at a port for each. */
export async function openSshdFleet(context: SuiteContext, count: number, roundTripMs: number): Promise<RunFleet> {
  const servers = await startFleet(context, count, roundTripMs);
  try {
    const sandbox = await openSandbox(context, { machines: 0 });
    for (const { name, host } of servers.machines) sandbox.sim.fleet.add({ name, publicIps: [host] });
    const ports = servers.machines.map(({ name, port }) => `${name} = ${port}`);
    const user = `user = ${JSON.stringify(userInfo().username)}`;
    configureSsh(sandbox, servers.identityFile, [user, `ports = { ${ports.join(', ')} }`]);
    const close = async (): Promise<void> => {
      await Promise.all([sandbox.close(), servers.close()]);
    };
    return { ...servers, sandbox, close };
  } catch (error) {
    await servers.close();
    throw error;
  }
}
