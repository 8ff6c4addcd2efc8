import { resolve } from 'node:path';
import { mkdir } from 'node:fs/promises';
import type { Arguments } from '../arguments.ts';
import type { Command, CommandContext } from '../command.ts';
import { BenchError, oneLine, usageError } from '../errors.ts';
import { ExitCode } from '../exit-codes.ts';
import { startProgress } from '../output/progress.ts';
import { runTable } from '../output/run-table.ts';
import { ResultFiles } from '../result/result-files.ts';
import { resultText } from '../result/write-result.ts';
import type { ResultFile } from '../result/result.ts';
import { basePlan } from '../runner/base-checkout.ts';
import { describeSuites } from '../runner/describe-suites.ts';
import { commitOf } from '../runner/environment.ts';
import { type BuildPlan, DEFAULT_LIMITS, type RunPlan } from '../runner/plan.ts';
import { Run } from '../runner/run.ts';
import { findSuites, type FoundSuites, selectSuites } from '../suite/find-suites.ts';

const PROFILES = './profiles';

export const run: Command = {
  usage: ['run [SUITE…] [--output FILE]', 'run [SUITE…] --base DIR --output NEW.json'],
  description:
    'Runs suites, NAME.bench.ts in ./benchmarks or those that come with this program, each in a process of its own. The sides ' +
    'of a comparison take turns, round by round. With --base the same suites measure another checkout of the same project ' +
    'in the same run, turn by turn with this one; it must be installed and built. Ctrl-C keeps what is measured.',
  flags: {
    suites: { value: 'DIR', help: 'where the suites are' },
    output: { short: 'o', value: 'FILE', help: 'write the result here, and that of a base to FILE.base.json' },
    json: { help: 'print the result as JSON instead of a table' },
    base: { value: 'DIR', help: 'a checkout of what to compare with, built' },
    name: { value: 'NAME', help: 'what this build is called in the result; default new' },
    rounds: { value: 'N', help: 'rounds of each comparison, instead of what the suites say' },
    live: { help: 'against your own context, reading only; suites that cannot are left out' },
    'cpu-prof': { help: 'leave CPU profiles, SUITE.cpuprofile, for DevTools' },
    'heap-prof': { help: 'leave heap profiles, SUITE.heapprofile, for DevTools' },
    'prof-dir': { value: 'DIR', help: 'where profiles go; default ./profiles' },
  },
  examples: [
    ['azfleet-bench run', 'everything'],
    ['azfleet-bench run start-up cache --output new.json', 'two suites, into a file'],
    ['azfleet-bench run --base ../main --output new.json', 'beside another build, for compare and gate'],
    ['azfleet-bench run cache --cpu-prof', 'where the time goes'],
  ],
  async run(context) {
    const { args, io } = context;
    const { files, exitCode } = await measure(context);
    io.stdout.write(args.has('json') ? resultText(files[0]!) : runTable(files, context.style));
    return exitCode;
  },
};

/** Sees a run while it goes on. */
export interface RunWatcher {
  /** `files`: what there is so far, a file for each build. */
  began(files: () => ResultFile[]): void;
  progress(where: string, share: number): void;
  /** Another comparison is measured. */
  measured(): void;
}

/** Measures what the arguments of `run` say, tells of it on stderr, and writes the files. */
export async function measure(
  context: CommandContext,
  watcher?: RunWatcher,
): Promise<{ readonly files: ResultFile[]; readonly exitCode: ExitCode }> {
  const { args, io } = context;
  const found = findSuites(io.cwd, args.value('suites'));
  if (found.own) context.notice('no suites here: running those of @azfleet/bench');
  const output = args.value('output');
  const plan = await planOf(context, found);
  const progress = startProgress(io.stderr, context.stderrStyle, () => io.now());
  const kept = output === undefined ? undefined : new ResultFiles(resolve(io.cwd, output), () => io.now());
  const running: Run = new Run(plan, {
    async progress(where, share) {
      progress.update(where, share);
      watcher?.progress(where, share);
      await kept?.update(() => running.files());
    },
    measured(comparison, rounds, seconds) {
      progress.lineWithoutBar(`${comparison}: ${rounds} rounds in ${seconds.toFixed(1)} s`);
      watcher?.measured();
    },
    note: (line) => progress.line(line),
  });
  watcher?.began(() => running.files());
  await kept?.write(running.files());
  await running.measure();
  progress.clear();
  const files = running.files();
  const isKept = await keptAtEnd(kept, files, context.notice);
  if (plan.profiles !== undefined) context.notice(`profiles are in ${args.value('prof-dir') ?? PROFILES}`);
  if (plan.signal.aborted) context.notice(`interrupted: ${keptLine(files[0]!, output)}`);
  if (plan.signal.aborted) return { files, exitCode: ExitCode.interrupted };
  return { files, exitCode: isKept && files[0]!.complete ? ExitCode.ok : ExitCode.failed };
}

/** What was measured is shown, also where it cannot be written. */
async function keptAtEnd(
  kept: ResultFiles | undefined,
  files: readonly ResultFile[],
  notice: CommandContext['notice'],
): Promise<boolean> {
  try {
    await kept?.write(files);
    return true;
  } catch (error) {
    notice(`azfleet-bench: ${oneLine(error)}`);
    return false;
  }
}

async function planOf(context: CommandContext, found: FoundSuites): Promise<RunPlan> {
  const { args, io } = context;
  const rounds = args.number('rounds', { min: 1, max: 10_000, integer: true });
  const live = args.has('live');
  const plan = {
    suites: selectSuites(found, args.positionals),
    builds: await buildsOf(args, io.cwd, found),
    live,
    env: io.env,
    cwd: io.cwd,
    signal: io.interruptSignal(),
    limits: DEFAULT_LIMITS,
    ...(rounds === undefined ? {} : { rounds }),
    ...(await profilesOf(args, io.cwd)),
  };
  return live ? { ...plan, suites: await liveSuites(plan, args.positionals.length > 0) } : plan;
}

async function buildsOf(args: Arguments, cwd: string, found: FoundSuites): Promise<BuildPlan[]> {
  const name = args.value('name') ?? 'new';
  const base = args.value('base');
  if (name === 'base') throw usageError("a build cannot be called 'base': that is what --base DIR is");
  const fresh: BuildPlan = {
    build: { name, commit: found.own ? null : await commitOf(found.directory) },
    redirection: {},
  };
  if (base === undefined) return [fresh];
  return [fresh, await basePlan(cwd, base, found.directory)];
}

async function profilesOf(args: Arguments, cwd: string): Promise<Pick<RunPlan, 'profiles'>> {
  const [cpu, heap] = [args.has('cpu-prof'), args.has('heap-prof')];
  if (!cpu && !heap) {
    if (args.has('prof-dir')) throw usageError('--prof-dir is for profiles', 'add --cpu-prof or --heap-prof');
    return {};
  }
  const directory = resolve(cwd, args.value('prof-dir') ?? PROFILES);
  await mkdir(directory, { recursive: true });
  return { profiles: { directory, cpu, heap } };
}

async function liveSuites(plan: RunPlan, named: boolean): Promise<RunPlan['suites']> {
  const described = await describeSuites(plan.suites, plan);
  const refusing = described.filter(({ facts }) => facts?.live === false).map(({ suite }) => suite);
  if (named && refusing.length > 0) {
    throw usageError(
      `${refusing.map(({ name }) => name).join(', ')} cannot be run with --live: it does more than read`,
    );
  }
  const suites = plan.suites.filter((suite) => !refusing.includes(suite));
  if (suites.length === 0) throw new BenchError('BENCH_NO_SUITE', 'no suite can be run with --live');
  return suites;
}

function keptLine({ benchmarks }: ResultFile, output: string | undefined): string {
  const kept = `${benchmarks.length} benchmark${benchmarks.length === 1 ? '' : 's'} kept`;
  return output === undefined ? kept : `${kept} in ${output}`;
}
