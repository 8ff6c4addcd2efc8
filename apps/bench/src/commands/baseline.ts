import { baselinesDirectory, baselinesFlag } from '../baseline/baselines-flag.ts';
import { type BaselineFile, readBaselines, writeBaseline } from '../baseline/baseline-file.ts';
import { baselinesOf } from '../baseline/baseline-of.ts';
import { savedBaseline, updatedBaseline } from '../baseline/update-baseline.ts';
import { resolve } from 'node:path';
import type { Command, CommandContext } from '../command.ts';
import { didYouMean } from '../did-you-mean.ts';
import { fileError, usageError } from '../errors.ts';
import { ExitCode } from '../exit-codes.ts';
import { plural } from '../report/format.ts';
import { readResult } from '../result/read-result.ts';

export const baseline: Command = {
  usage: ['baseline save FILE…', 'baseline update FILE…'],
  description:
    'Keeps counts and ratios of runs, a file a suite, for the gate to compare with where there is no base to measure ' +
    'along. save writes them as the result files have them; update changes only what is really different (counts, ratios ' +
    'beyond the noise, new benchmarks) and says so. Absolute times are kept to look back at, and never compared.',
  flags: { baselines: baselinesFlag },
  examples: [
    ['azfleet-bench baseline save results/new.json', 'begin, or begin anew'],
    ['azfleet-bench baseline update results/new.json', 'take over what has changed'],
  ],
  async run(context) {
    const [action, ...files] = context.args.positionals;
    if (action !== 'save' && action !== 'update') throw unknownAction(action);
    if (files.length === 0) throw usageError(`'baseline ${action}' needs a result file: baseline ${action} FILE…`);
    const directory = baselinesDirectory(context);
    const previous = await readBaselines(directory);
    for (const measured of await measuredIn(files.map((file) => resolve(context.io.cwd, file)))) {
      const before = previous.find(({ suite }) => suite === measured.suite);
      if (action === 'save' || before === undefined) await save(directory, before, measured, context);
      else await update(directory, before, measured, context);
    }
    return ExitCode.ok;
  },
};

async function save(
  directory: string,
  before: BaselineFile | undefined,
  measured: BaselineFile,
  { io }: CommandContext,
): Promise<void> {
  await writeBaseline(directory, savedBaseline(before, measured));
  io.stdout.write(`${measured.suite}: ${plural(Object.keys(measured.benchmarks).length, 'benchmark')} saved\n`);
}

async function update(
  directory: string,
  before: BaselineFile,
  measured: BaselineFile,
  { io }: CommandContext,
): Promise<void> {
  const { baseline, lines } = updatedBaseline(before, measured);
  await writeBaseline(directory, baseline);
  io.stdout.write(`${measured.suite}: ${lines.length === 0 ? 'nothing has changed' : `${lines.length} changed`}\n`);
  for (const line of lines) io.stdout.write(`  ${line}\n`);
}

/** Of complete runs only, and of each suite one: a baseline must not depend on the order of files. */
async function measuredIn(files: readonly string[]): Promise<BaselineFile[]> {
  const from = new Map<string, string>();
  const measured: BaselineFile[] = [];
  for (const file of files) {
    const result = await readResult(file);
    if (!result.complete) throw fileError(`${file} is incomplete`, 'repeat the run to its end');
    for (const suite of baselinesOf(result)) {
      const other = from.get(suite.suite);
      if (other !== undefined) throw usageError(`${file} and ${other} both have the suite ${suite.suite}`);
      from.set(suite.suite, file);
      measured.push(suite);
    }
  }
  return measured;
}

function unknownAction(action: string | undefined): Error {
  if (action === undefined) return usageError("'baseline' needs save or update: baseline save FILE…");
  return usageError(
    `unknown action '${action}' of 'baseline'`,
    didYouMean(action, ['save', 'update']) ?? 'save or update',
  );
}
