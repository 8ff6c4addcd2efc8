import { startAzureSim, type AzureSim, type AzureSimOptions } from '@azfleet/azure-sim';
import { spawn } from 'node:child_process';
import type { Arguments } from '../arguments.ts';
import type { Command, CommandContext } from '../command.ts';
import { durationFlag } from '../duration.ts';
import { CliError, usageError } from '../errors.ts';
import { ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { readFault } from '../simulator/fault-flag.ts';
import { createSandbox, type Sandbox } from '../simulator/sandbox.ts';

export const sim: Command = {
  usage: ['sim [flags]', 'sim [flags] -- COMMAND…'],
  description:
    'Starts a local Azure: Resource Manager over TLS with a fleet of its own, and prints what points azfleet (or any ' +
    'client) at it. It runs until Ctrl-C or, with a COMMAND, as long as that runs, with its exit code.',
  flags: {
    machines: { value: 'N', help: 'machines in each subscription (default 20, at most 10,000 in all)' },
    subscriptions: { value: 'N', help: 'subscriptions (default 1)' },
    latency: { value: 'TIME', help: 'what each call takes (default 0ms)' },
    jitter: { value: 'TIME', help: 'up to this much more or less, at random' },
    'page-size': { value: 'N', help: 'items a page (default 200)' },
    'read-bucket': { value: 'N', help: 'reads a subscription allows at once (default 250)' },
    'read-refill': { value: 'N', help: 'reads a second that come back (default 25)' },
    fault: { value: 'FAULT', many: true, help: 'kind=vm-status,status=503,nth=1 or drop, truncate, hang' },
    seed: { value: 'N', help: 'another fleet' },
    port: { value: 'PORT', help: 'where to listen on 127.0.0.1 (default: any free port)' },
    output: { short: 'o', value: 'FORMAT', choices: ['env', 'json'], help: 'env (default: lines for a shell) or json' },
  },
  takesRest: true,
  examples: [
    ['azfleet sim --machines 1000 -- azfleet list', 'a listing of 1,000 machines'],
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
  const started = await start(readOptions(args));
  const sandbox = createSandbox(started);
  try {
    for (const fault of faults) started.inject(fault);
    if (args.rest !== undefined && args.rest.length > 0) return await runCommand(args.rest, sandbox, io);
    describe(context, started, sandbox);
    await new Promise<void>((resolve) => io.interruptSignal().addEventListener('abort', () => resolve()));
    const { total, arm } = started.stats();
    context.notice(`The simulator answered ${total} requests, ${arm} of them to Resource Manager.`);
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
      hint: code === 'EADDRINUSE' ? 'choose another --port, or none' : 'see azfleet sim --help',
      cause: error,
    });
  }
}

function readOptions(args: Arguments): AzureSimOptions {
  const number = (flag: string, from: number, to: number): number | undefined => wholeNumber(args, flag, from, to);
  const time = (flag: string): number | undefined => {
    const text = args.value(flag);
    return text === undefined ? undefined : durationFlag(`--${flag}`, text);
  };
  const throttle = given({
    readBucket: number('read-bucket', 1, 1_000_000),
    readRefillPerSecond: number('read-refill', 1, 1_000_000),
  });
  return {
    ...given({
      machines: number('machines', 0, 10_000),
      subscriptions: number('subscriptions', 1, 1000),
      latencyMs: time('latency'),
      jitterMs: time('jitter'),
      pageSize: number('page-size', 1, 10_000),
      seed: number('seed', 0, 2 ** 31),
      port: number('port', 0, 65_535),
    }),
    ...(Object.keys(throttle).length === 0 ? {} : { throttle }),
  };
}

function wholeNumber(args: Arguments, flag: string, from: number, to: number): number | undefined {
  const text = args.value(flag);
  if (text === undefined) return undefined;
  const number = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (number >= from && number <= to) return number;
  throw usageError(`--${flag} '${text}' is not a whole number from ${from} to ${to}`);
}

/** The members that have a value. */
function given<T extends object>(members: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as never;
}

function describe({ args, io, notice }: CommandContext, started: AzureSim, { env, directory }: Sandbox): void {
  const { endpoint, caPath, subscriptions, fleet } = started;
  if (args.value('output') === 'json') {
    io.stdout.write(`${JSON.stringify({ endpoint, caPath, subscriptions, env })}\n`);
  } else {
    const assign = io.platform === 'win32' ? powerShell : posixShell;
    io.stdout.write(
      Object.entries(env)
        .map(([name, value]) => `${assign(name, value)}\n`)
        .join(''),
    );
  }
  const machines = `${fleet.machines().length} machines in ${subscriptions.length} subscription${subscriptions.length === 1 ? '' : 's'}`;
  notice('');
  notice(`A local Azure at ${endpoint}: ${machines}. Its CA certificate is ${caPath}.`);
  notice('Put the lines above into another terminal, then: azfleet list');
  notice(`Ctrl-C ends it and removes ${directory}.`);
}

function posixShell(name: string, value: string): string {
  return `export ${name}='${value.replaceAll("'", String.raw`'\''`)}'`;
}

function powerShell(name: string, value: string): string {
  return `$env:${name} = '${value.replaceAll("'", "''")}'`;
}

/** Runs the command with the simulator's environment; its exit code is ours. */
function runCommand(words: readonly string[], sandbox: Sandbox, io: Io): Promise<number> {
  const [command, ...rest] = words;
  // `azfleet` is this very azfleet, also where it is not on the PATH.
  const [file, ...before] = command === 'azfleet' ? io.self : [command!];
  return new Promise((resolve, reject) => {
    const child = spawn(file!, [...before, ...rest], { stdio: 'inherit', env: { ...io.env, ...sandbox.env } });
    const interrupt = io.interruptSignal();
    interrupt.addEventListener('abort', () => child.kill('SIGINT'));
    child.on('error', (error) =>
      reject(
        new CliError('COMMAND', `cannot run '${command}': ${error.message}`, {
          exitCode: ExitCode.usage,
          cause: error,
        }),
      ),
    );
    child.on('close', (code) => resolve(code ?? ExitCode.interrupted));
  });
}
