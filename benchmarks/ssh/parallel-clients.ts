import { runProcess, type Side, type SuiteContext } from '@azfleet/bench';
import { cleanEnvironment } from '../support/environment.ts';
import { countHandshakes } from './count-handshakes.ts';
import { findProgram } from './find-program.ts';
import type { SshMachines } from './machines.ts';

/** A program that runs a command on many machines, as many at once as the others. */
interface ParallelClient {
  readonly name: string;
  /** What it is called, here or there. */
  readonly programs: readonly string[];
  /** Debian's package. */
  readonly debian: string;
  readonly args: (fleet: SshMachines) => readonly string[];
  readonly env?: (fleet: SshMachines) => Readonly<Record<string, string>>;
  readonly input?: (fleet: SshMachines) => string;
}

const AT_ONCE = '64';

const parallelClients: readonly ParallelClient[] = [
  {
    name: 'ssh-xargs',
    programs: ['xargs'],
    debian: 'findutils, openssh-client',
    args: ({ sshConfig }) => ['-P', AT_ONCE, '-I', '{}', 'ssh', '-F', sshConfig, '-n', '{}', 'true'],
    input: (fleet) => names(fleet).join('\n'),
  },
  {
    name: 'clush',
    programs: ['clush'],
    debian: 'clustershell',
    args: (fleet) => ['-f', AT_ONCE, '-o', `-F ${fleet.sshConfig}`, '-w', names(fleet).join(','), 'true'],
  },
  {
    name: 'pdsh',
    programs: ['pdsh'],
    debian: 'pdsh',
    args: (fleet) => ['-R', 'ssh', '-f', AT_ONCE, '-w', names(fleet).join(','), 'true'],
    env: ({ sshConfig }) => ({ PDSH_SSH_ARGS_APPEND: `-F ${sshConfig}` }),
  },
  {
    name: 'pssh',
    programs: ['parallel-ssh', 'pssh'],
    debian: 'pssh',
    args: (fleet) => ['-p', AT_ONCE, '-x', `-F ${fleet.sshConfig}`, '-H', names(fleet).join(' '), 'true'],
  },
];

/** ssh by itself, clush, pdsh and pssh: each connects to every machine anew, and runs `true` there. */
export function parallelSides(context: SuiteContext, fleet: SshMachines): Side[] {
  return parallelClients.map(({ name, programs, debian, args, env, input }) => {
    const program = findProgram(...programs);
    if (program === undefined || findProgram('ssh') === undefined) {
      return { name, missing: `not installed (Debian: ${debian})` };
    }
    const options = {
      env: { ...cleanEnvironment(fleet.home), ...env?.(fleet) },
      signal: context.signal,
      ...(input === undefined ? {} : { input: input(fleet) }),
    };
    return { name, whole: () => countHandshakes(fleet, () => runProcess(program, args(fleet), options)) };
  });
}

function names({ machines }: SshMachines): string[] {
  return machines.map(({ name }) => name);
}
