import { appendFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Command, CommandContext } from '../command.ts';
import { type Comparison, compareResults } from '../compare/compare.ts';
import { comparisonMarkdown } from '../compare/markdown.ts';
import { renderComparison } from '../compare/table.ts';
import { usageError } from '../errors.ts';
import { ExitCode } from '../exit-codes.ts';
import { readResult } from '../result/read-result.ts';

export const compare: Command = {
  usage: ['compare BASE NEW'],
  description:
    'Compares two result files: how long each benchmark takes, as a ratio with its confidence interval, and what it ' +
    'counts. Two files of one run (run --base) are compared round by round. Of files from different runs only the ' +
    'ratios to a peer that was measured along are compared, since machines differ. The intervals hold at 95 % over all ' +
    'benchmarks together. Where GITHUB_STEP_SUMMARY is set, the Markdown is added to that file.',
  flags: {
    output: {
      short: 'o',
      value: 'FORMAT',
      choices: ['table', 'json', 'markdown'],
      help: 'table (default), json or markdown',
    },
  },
  examples: [
    ['azfleet-bench compare new.base.json new.json', 'what became of the build since base'],
    ['azfleet-bench compare -o markdown new.base.json new.json', 'the same, for a pull request'],
  ],
  async run(context) {
    const [baseFile, newFile, ...others] = context.args.positionals;
    if (baseFile === undefined || newFile === undefined || others.length > 0) {
      throw usageError("'compare' takes two result files: compare BASE NEW");
    }
    const [base, now] = [resolve(context.io.cwd, baseFile), resolve(context.io.cwd, newFile)];
    const comparison = compareResults(await readResult(base), await readResult(now));
    context.io.stdout.write(rendered(comparison, context));
    await addToStepSummary(comparison, context);
    return ExitCode.ok;
  },
};

function rendered(comparison: Comparison, { io, args, style }: CommandContext): string {
  const format = args.value('output') ?? 'table';
  if (format === 'json') return `${JSON.stringify(comparison, null, 2)}\n`;
  if (format === 'markdown') return comparisonMarkdown(comparison);
  return renderComparison(comparison, style, io.stdout.columns);
}

/** What a job of GitHub Actions shows on its page. Not to be able to write it costs a notice, not the comparison. */
async function addToStepSummary(comparison: Comparison, { io, notice }: CommandContext): Promise<void> {
  const file = io.env['GITHUB_STEP_SUMMARY'];
  if (file === undefined || file === '') return;
  try {
    await appendFile(file, `${comparisonMarkdown(comparison)}\n`);
  } catch (error) {
    notice(`the step summary cannot be written (${(error as NodeJS.ErrnoException).code}): ${file}`);
  }
}
