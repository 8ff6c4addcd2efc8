import { type Clock, type DelayProxy, startDelayProxy } from '@azfleet/azure-sim';
import type { SuiteContext } from '@azfleet/bench';
import { mkdtempSync, rmSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { type SshMachine, type SshMachines, writeClientFiles } from './machines.ts';
import { type Sshd, startSshd } from './sshd.ts';

/** One sshd behind as many proxies as there are machines: the same server for everybody, at the same distance. */
export interface SshFleet extends SshMachines {
  /** The private key that signs in. */
  readonly identityFile: string;
  /** Round trips that clients waited for so far, on all connections together. */
  flights(): number;
  close(): Promise<void>;
}

/** Nothing is held up; only, in its turn. */
const noDelay: Clock = {
  now: () => Date.now(),
  setTimeout: (callback) => setImmediate(callback),
  clearTimeout: (handle) => clearImmediate(handle as NodeJS.Immediate),
};

export async function startFleet(context: SuiteContext, count: number, roundTripMs: number): Promise<SshFleet> {
  // A short name: the sockets of ControlMaster are in it.
  const home = mkdtempSync(join(context.directory, 'f'));
  const sshd = await startSshd(home);
  const proxies: DelayProxy[] = [];
  const close = async (): Promise<void> => {
    await Promise.all([sshd, ...proxies].map((opened) => opened.close()));
    rmSync(home, { recursive: true, force: true });
  };
  try {
    const target = { host: '127.0.0.1', port: sshd.port };
    for (let place = 0; place < count; place += 1) {
      proxies.push(await startDelayProxy({ target, roundTripMs, ...(roundTripMs === 0 ? { clock: noDelay } : {}) }));
    }
    const machines = proxies.map((proxy, index) => machineBehind(proxy, `m${index}`, sshd));
    return {
      home,
      identityFile: sshd.identityFile,
      machines,
      ...writeClientFiles(home, sshd.identityFile, machines),
      handshakes: () => sshd.handshakes(),
      flights: () => proxies.reduce((sum, proxy) => sum + proxy.flights(), 0),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function machineBehind({ port }: DelayProxy, name: string, { hostKey }: Sshd): SshMachine {
  return { name, host: '127.0.0.1', port, user: userInfo().username, hostKey };
}
