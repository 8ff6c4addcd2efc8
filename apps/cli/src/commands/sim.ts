import { startAzureSim, type AzureSim, type AzureSimOptions } from '@azfleet/azure-sim';
import type { Command, CommandContext } from '../command.ts';
import { CliError, usageError } from '../errors.ts';
import { ExitCode } from '../exit-codes.ts';
import { killMachines } from '../simulator/dead-machines.ts';
import { readFault } from '../simulator/fault-flag.ts';
import { shellWord, writeLauncher } from '../simulator/launcher.ts';
import { runCommand } from '../simulator/run-command.ts';
import { createSandbox, type Sandbox } from '../simulator/sandbox.ts';
import { readCount, readSimulatorOptions, simulatorFlags } from '../simulator/sim-flags.ts';

export const sim: Command = {
  usage: ['sim [flags]', 'sim [flags] -- COMMAND…'],
  description:
    'Starts a local Azure: Resource Manager over TLS with a fleet of its own whose machines answer over SSH, and prints ' +
    'what points azfleet (or any client) at it. It runs until Ctrl-C or, with a COMMAND, as long as that runs, with its ' +
    'exit code.',
  flags: {
    ...simulatorFlags,
    output: { short: 'o', value: 'FORMAT', choices: ['env', 'json'], help: 'env (default: lines for a shell) or json' },
  },
  takesRest: true,
  examples: [
    ['azfleet sim --machines 1000 -- azfleet list', 'a listing of 1,000 machines'],
    [
      'azfleet sim --ssh-latency 50ms --dead 1 -- azfleet run --state running -- hostname',
      'a command on those that run; one of them is dead',
    ],
    ['azfleet sim --latency 100ms --fault kind=vm-status,status=503,nth=1', 'slow, and failing once'],
  ],
  run: runSim,
};

async function runSim(context: CommandContext): Promise<number> {
  const { args, io } = context;
  if (args.positionals.length > 0) {
    throw usageError(
      `sim takes no '${args.positionals[0]}'`,
      'a command to run follows --: azfleet sim -- azfleet list',
    );
  }
  const faults = args.values('fault').map(readFault);
  const dead = readCount(args, 'dead', 0, 10_000) ?? 0;
  const started = await start(readSimulatorOptions(args));
  const sandbox = createSandbox(started);
  try {
    for (const fault of faults) started.inject(fault);
    const deadNames = killMachines(started, dead);
    if (args.rest !== undefined && args.rest.length > 0) return await runCommand(args.rest, sandbox, io);
    describe(context, started, sandbox, deadNames);
    await new Promise<void>((resolve) => io.interruptSignal().addEventListener('abort', () => resolve()));
    context.notice(whatItAnswered(started));
    return ExitCode.ok;
  } finally {
    await started.close();
    sandbox.remove();
  }
}

async function start(options: AzureSimOptions): Promise<AzureSim> {
  try {
    return await startAzureSim(options);
  } catch (error) {
    const { message, cause } = error as Error;
    const { code } = (cause ?? error) as NodeJS.ErrnoException;
    const taken = code === 'EADDRINUSE' ? `port ${options.port} is taken` : message;
    throw new CliError('SIM_START', `the simulator does not start: ${taken}`, {
      exitCode: ExitCode.usage,
      hint: HINTS[code ?? ''] ?? 'see azfleet sim --help',
      cause: error,
    });
  }
}

const HINTS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'choose another --port, or none',
  EMFILE: 'allow more open files (ulimit -n), or give --no-ssh',
};

function whatItAnswered(started: AzureSim): string {
  const { total, arm, ssh } = started.stats();
  const overSsh = ssh === undefined ? '' : ` Its machines ran ${ssh.commands} commands over SSH.`;
  return `The simulator answered ${total} requests, ${arm} of them to Resource Manager.${overSsh}`;
}

function describe(context: CommandContext, started: AzureSim, sandbox: Sandbox, dead: readonly string[]): void {
  const { args, io, notice } = context;
  const bin = writeLauncher(sandbox, io);
  if (args.value('output') === 'json') io.stdout.write(`${JSON.stringify(document(started, sandbox, bin, dead))}\n`);
  else io.stdout.write(assignments(sandbox, bin, io.platform));
  const { endpoint, caPath, subscriptions, fleet } = started;
  const machines = `${fleet.machines().length} machines in ${subscriptions.length} subscription${subscriptions.length === 1 ? '' : 's'}`;
  notice('');
  notice(`A local Azure at ${endpoint}: ${machines}. Its CA certificate is ${caPath}.`);
  if (started.ssh !== undefined) notice('The Linux machines that run answer over SSH; your own ~/.ssh is left alone.');
  if (dead.length > 0) notice(`Dead, and silent: ${dead.join(', ')}.`);
  const run = started.ssh === undefined ? '' : ', or: azfleet run --state running -- hostname';
  notice(`Put the lines above into another terminal, then: azfleet list${run}`);
  notice(`Ctrl-C ends it and removes ${sandbox.directory}.`);
}

/** For programs. `bin` belongs at the front of the PATH: its azfleet has the sandbox as its home. */
function document(
  { endpoint, caPath, subscriptions, ssh }: AzureSim,
  sandbox: Sandbox,
  bin: string,
  dead: readonly string[],
): object {
  const hosts = ssh && {
    port: ssh.port ?? null,
    identityFile: `${sandbox.directory}/.ssh/id_ed25519`,
    configFile: `${sandbox.directory}/.ssh/config`,
    dead,
    endpoints: Object.fromEntries(ssh.endpoints()),
  };
  return { endpoint, caPath, subscriptions, env: sandbox.env, bin, ssh: hosts ?? null };
}

/** Lines that a shell takes: PowerShell on Windows. */
function assignments({ env }: Sandbox, bin: string, platform: NodeJS.Platform): string {
  const lines =
    platform === 'win32'
      ? [
          ...Object.entries(env).map(([name, value]) => `$env:${name} = ${powerShellWord(value)}`),
          `$env:PATH = ${powerShellWord(`${bin};`)} + $env:PATH`,
        ]
      : [
          ...Object.entries(env).map(([name, value]) => `export ${name}=${shellWord(value)}`),
          `export PATH=${shellWord(bin)}:"$PATH"`,
        ];
  return lines.map((line) => `${line}\n`).join('');
}

function powerShellWord(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
