import { startAzureSim, type AzureSim } from '@azfleet/azure-sim';
import { spawn } from 'node:child_process';
import type { Command, CommandContext } from '../command.ts';
import { formatElapsed } from '../duration.ts';
import { usageError } from '../errors.ts';
import { ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { simpleColumns } from '../output/simple-table.ts';
import { renderTable } from '../output/table.ts';
import { createSandbox } from '../simulator/sandbox.ts';

const LATENCY_MS = 100;

export const demo: Command = {
  usage: ['demo [--machines N]'],
  description:
    'A guided tour on a simulated Azure: each command is run as you would, by a real process, with the time it took and ' +
    'the calls that the simulator counted. Your own configuration, cache and machines are not touched.',
  flags: { machines: { value: 'N', help: 'machines in the simulated fleet (default 12)' } },
  examples: [
    ['azfleet demo', 'the tour'],
    ['azfleet demo --machines 1000', 'the same with a large fleet'],
  ],
  run: runDemo,
};

/** One command of the tour, as it went. */
interface Step {
  readonly title: string;
  readonly elapsedMs: number;
  readonly calls: number;
  readonly exitCode: number;
}

async function runDemo(context: CommandContext): Promise<number> {
  const [word] = context.args.positionals;
  if (word !== undefined) throw usageError(`demo takes no '${word}'`, 'see azfleet demo --help');
  const machines = Number(context.args.value('machines') ?? '12');
  if (!Number.isInteger(machines) || machines < 1 || machines > 10_000) {
    throw usageError(`--machines '${context.args.value('machines')}' is not a whole number from 1 to 10000`);
  }
  const sim = await startAzureSim({ machines, latencyMs: LATENCY_MS });
  const sandbox = createSandbox(sim);
  try {
    return await new Tour(context, sim, sandbox.env).run();
  } finally {
    await sim.close();
    sandbox.remove();
  }
}

class Tour {
  readonly #context: CommandContext;
  readonly #sim: AzureSim;
  readonly #env: Readonly<Record<string, string>>;
  readonly #steps: Step[] = [];

  constructor(context: CommandContext, sim: AzureSim, env: Readonly<Record<string, string>>) {
    this.#context = context;
    this.#sim = sim;
    this.#env = env;
  }

  async run(): Promise<number> {
    const sim = this.#sim;
    const many = sim.fleet.machines().length;
    const shown = many > 40 ? ['web-0*'] : [];
    this.#say(`A simulated Azure with ${many} machines at ${sim.endpoint}. Each call to it takes ${LATENCY_MS} ms.`);

    await this.#step('list, nothing cached', 'Everything, asked of Azure:', ['list', ...shown]);
    await this.#step('list, cached', 'Again. The answer is on disk:', ['list', ...shown]);
    const columns = ['--columns', 'name,state,private-ip,tag:environment'];
    await this.#step('filters', 'What runs, and only some columns:', [
      'list',
      '--state',
      'running',
      ...columns,
      ...shown,
    ]);
    await this.#changedMachine();
    await sim.close();
    const purpose = 'Azure cannot be reached any more. The cache can:';
    await this.#step('list --offline, Azure gone', purpose, ['list', '--offline', ...shown]);
    const { elapsedMs: emptyNodeMs } = await elapsed(process.execPath, ['-e', '0'], this.#env, undefined);
    this.#summary(emptyNodeMs, 1 + sim.fleet.machines().length * 3);
    return this.#steps.every(({ exitCode }) => exitCode === ExitCode.ok) ? ExitCode.ok : ExitCode.someFailed;
  }

  /** Somebody stops a machine in the portal: the cache cannot know, and --refresh does. */
  async #changedMachine(): Promise<void> {
    const running = this.#sim.fleet.machines().find((machine) => machine.powerState === 'running');
    if (running === undefined) return;
    this.#sim.fleet.change(running.name, { powerState: 'deallocated' });
    this.#say(`Somebody deallocates ${running.name} in the portal.`);
    await this.#step('status --refresh', 'Ask Azure now:', ['status', running.name, '--refresh']);
  }

  async #step(title: string, purpose: string, args: readonly string[]): Promise<void> {
    const { io, style } = this.#context;
    const shownArgs = args.map((word) => (/[*?]/.test(word) ? `'${word}'` : word)).join(' ');
    this.#say(purpose);
    io.stdout.write(`${style('cyan', '$')} ${style('bold', `azfleet ${shownArgs}`)}\n`);
    const before = this.#sim.stats().arm;
    const [file, ...script] = io.self;
    const env = { ...io.env, ...this.#env };
    const { elapsedMs, exitCode } = await elapsed(file!, [...script, ...args], env, io);
    const calls = this.#sim.stats().arm - before;
    this.#steps.push({ title, elapsedMs, calls, exitCode });
    io.stdout.write(`${style('green', `→ ${formatElapsed(elapsedMs)}, ${calls} ${calls === 1 ? 'call' : 'calls'}`)}\n`);
  }

  #say(text: string): void {
    const { io, style } = this.#context;
    io.stdout.write(`\n${style('dim', '#')} ${text}\n`);
  }

  #summary(emptyNodeMs: number, callsOfAz: number): void {
    const { io, style } = this.#context;
    const rows = this.#steps.map(({ title, elapsedMs, calls }) => [title, formatElapsed(elapsedMs), String(calls)]);
    rows.push(['(an empty Node process)', formatElapsed(emptyNodeMs), '-']);
    this.#say('What it took, from start to exit of each process; calls as the simulator counted them:');
    const columns = simpleColumns(['COMMAND', 'TIME', 'CALLS'], rows);
    io.stdout.write(renderTable(columns, { style, maxWidth: io.stdout.columns }));
    io.stdout.write(
      `\n${style('dim', '#')} az vm list -d makes up to ${callsOfAz} calls (1 + 3 a machine), one after another.\n`,
    );
  }
}

/**
 * Runs a process to its end and tells how long that took. It gets the terminal itself where there is one; elsewhere what
 * it prints is passed on.
 */
function elapsed(
  file: string,
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  io: Io | undefined,
): Promise<{ elapsedMs: number; exitCode: number }> {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const stdio = io === undefined ? 'ignore' : io.stdout.isTerminal ? 'inherit' : 'pipe';
    const child = spawn(file, [...args], { env, stdio: ['ignore', stdio, stdio] });
    child.stdout?.setEncoding('utf8').on('data', (text: string) => io?.stdout.write(text));
    child.stderr?.setEncoding('utf8').on('data', (text: string) => io?.stderr.write(text));
    child.on('error', reject);
    child.on('close', (code) => resolve({ elapsedMs: performance.now() - started, exitCode: code ?? 1 }));
  });
}
