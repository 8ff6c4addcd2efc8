import { type MissingSide, runProcess, type SuiteContext } from '@azfleet/bench';
import { join } from 'node:path';
import { cleanEnvironment } from '../support/environment.ts';
import { findProgram } from './find-program.ts';
import type { SshFleet } from './fleet.ts';
import { countedWarm, type WarmSide } from './warm-side.ts';

const name = 'control-master';
/** Longer than the others' turns. A master that nobody ends, since the benchmark was killed, ends by itself. */
const PERSIST_SECONDS = 120;

/** ssh with a ControlMaster for each machine, started by xargs: the whole of xargs is measured. */
export async function controlMasterSide(context: SuiteContext, fleet: SshFleet): Promise<WarmSide | MissingSide> {
  if (findProgram('ssh') === undefined || findProgram('xargs') === undefined) {
    return { name, missing: 'not installed (Debian: openssh-client, findutils)' };
  }
  const options = { env: cleanEnvironment(fleet.home), signal: context.signal };
  const ssh = ['ssh', '-F', fleet.sshConfig, '-o', `ControlPath=${join(fleet.home, '%n')}`];
  const master = ['-o', 'ControlMaster=auto', '-o', `ControlPersist=${PERSIST_SECONDS}`];
  const onAll = (words: readonly string[]) =>
    runProcess('xargs', ['-P', '64', '-I', '{}', ...ssh, '-n', ...words], {
      ...options,
      input: fleet.machines.map((machine) => machine.name).join('\n'),
    });
  return await countedWarm(name, fleet, {
    runOnAll: async () => (await onAll([...master, '{}', 'true'])).seconds,
    close: async () => void (await onAll(['-O', 'exit', '{}'])),
  });
}
