import { resolve } from 'node:path';
import { baselinesDirectory, baselinesFlag } from '../baseline/baselines-flag.ts';
import { readBaselines } from '../baseline/baseline-file.ts';
import { baselinesOf } from '../baseline/baseline-of.ts';
import { compareBaselines } from '../baseline/compare-baselines.ts';
import type { Command, CommandContext } from '../command.ts';
import { type Comparison, compareResults } from '../compare/compare.ts';
import { fileError, usageError } from '../errors.ts';
import { ExitCode } from '../exit-codes.ts';
import { brokenBudgets } from '../gate/broken-budgets.ts';
import { type Budgets, readBudgets } from '../gate/budgets.ts';
import { incompleteness, lostBenchmarks } from '../gate/completeness.ts';
import type { Reason } from '../gate/reason.ts';
import { regressions } from '../gate/regressions.ts';
import { readThreshold } from '../gate/threshold.ts';
import { visible } from '../output/terminal-text.ts';
import { plural } from '../report/format.ts';
import { readResult } from '../result/read-result.ts';
import type { ResultFile } from '../result/result.ts';

const DEFAULT_BUDGETS = 'benchmarks/budgets.json';

export const gate: Command = {
  usage: ['gate [BASE] NEW'],
  description:
    'Ends with exit code 1, and a line for each reason, where a benchmark is slower than in BASE beyond the threshold and ' +
    'beyond what noise explains, where it counts more calls, handshakes or misses, where one of BASE was lost, where a ' +
    'budget is broken, or where the run did not end. Without BASE the baselines that were saved are compared with: ' +
    'counts, and ratios to peers.',
  flags: {
    threshold: { value: 'PERCENT', help: 'changes up to this are let through (default: 5%)' },
    budgets: { value: 'FILE', help: `the budgets (default: ${DEFAULT_BUDGETS}, where there is one)` },
    baselines: baselinesFlag,
  },
  examples: [
    ['azfleet-bench gate new.base.json new.json', 'against the base that was measured along'],
    ['azfleet-bench gate new.json --threshold 10%', 'against the baselines'],
  ],
  async run(context) {
    const { args, io } = context;
    const threshold = readThreshold(args.value('threshold'));
    const files = args.positionals;
    if (files.length === 0 || files.length > 2)
      throw usageError("'gate' takes one or two result files: gate [BASE] NEW");
    if (files.length === 2 && args.has('baselines')) throw usageError('--baselines is for a gate without BASE');
    const budgets = await budgetsFor(context);
    const results = await Promise.all(files.map((file) => readResult(resolve(io.cwd, file))));
    const now = results.at(-1)!;
    const compared =
      results.length === 1 ? await withBaselines(now, budgets, context) : withBase(results[0]!, now, context);
    const reasons = [
      ...incompleteness(now),
      ...lostBenchmarks(compared.onlyInBase, now),
      ...regressions(compared.benchmarks, threshold),
      ...brokenBudgets(budgets ?? {}, now),
    ];
    for (const line of reasons.map((reason) => reasonLine(reason, context))) io.stdout.write(line);
    io.stdout.write(conclusion(reasons, compared.benchmarks.length, context));
    return reasons.length === 0 ? ExitCode.ok : ExitCode.failed;
  },
};

async function budgetsFor({ args, io }: CommandContext): Promise<Budgets | undefined> {
  const given = args.value('budgets');
  const budgets = await readBudgets(resolve(io.cwd, given ?? DEFAULT_BUDGETS));
  if (given !== undefined && budgets === undefined) throw fileError(`${given} is not there`);
  return budgets;
}

/** What base does not have is let through, but not unseen: base may have failed. */
function withBase(base: ResultFile, now: ResultFile, { notice }: CommandContext): Comparison {
  const comparison = compareResults(base, now);
  const { onlyInNew } = comparison;
  if (onlyInNew.length > 0) {
    const why = base.complete ? '' : ' (its run is incomplete)';
    notice(`nothing to compare with in ${base.build.name}${why}: ${onlyInNew.join(', ')}`);
  }
  return comparison;
}

async function withBaselines(
  now: ResultFile,
  budgets: Budgets | undefined,
  context: CommandContext,
): Promise<ReturnType<typeof compareBaselines>> {
  const directory = baselinesDirectory(context);
  const kept = await readBaselines(directory);
  const without = now.suites.map(({ suite }) => suite).filter((suite) => !kept.some((one) => one.suite === suite));
  if (without.length === now.suites.length && budgets === undefined) {
    throw fileError(
      `there is nothing to compare with in ${directory}`,
      "give BASE, or 'azfleet-bench baseline save FILE'",
    );
  }
  if (without.length > 0) context.notice(`no baseline of ${without.join(', ')} in ${directory}`);
  return compareBaselines(kept, baselinesOf(now));
}

function reasonLine({ benchmark, text }: Reason, { style }: CommandContext): string {
  const subject = benchmark === null ? '' : `${style('bold', visible(benchmark))}: `;
  return `${style('red', '✗')} ${subject}${visible(text)}\n`;
}

function conclusion(reasons: readonly Reason[], compared: number, { style }: CommandContext): string {
  const what = `${plural(compared, 'benchmark')} compared`;
  if (reasons.length === 0) return `${style('green', '✓')} the gate is open: ${what}\n`;
  return `the gate is closed: ${plural(reasons.length, 'reason')}, ${what}\n`;
}
