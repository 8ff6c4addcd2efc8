import { resolve } from 'node:path';
import type { Command } from '../command.ts';
import { ExitCode } from '../exit-codes.ts';
import { plural } from '../report/format.ts';
import { html } from '../report/html.ts';
import { readInputs } from '../report/inputs.ts';
import { pageParts } from '../report/page-parts.ts';
import { viewOf } from '../report/view-of.ts';
import { writeWhole } from '../output/write-whole.ts';

export const report: Command = {
  usage: ['report FILE… [--base FILE] [--history DIR|FILE]… [--output report.html]'],
  description:
    'Writes one HTML file with everything in it: what became faster or slower and whether to trust it, the rounds of each ' +
    'benchmark, its peers, its history, memory, cache and counts. It loads nothing, so it can be mailed, printed and kept. ' +
    'Of several files the newest is reported and the others are its history. Without --base it is the other build of the ' +
    'same run, which run --base has written beside.',
  flags: {
    base: { value: 'FILE', help: 'the result to compare with' },
    history: { value: 'DIR|FILE', many: true, help: 'earlier results' },
    output: { short: 'o', value: 'FILE', help: 'default report.html' },
  },
  examples: [
    ['azfleet-bench report new.json', 'a report, beside the base of the same run if there is one'],
    ['azfleet-bench report new.json --base old.json', 'against an earlier result'],
    ['azfleet-bench report new.json --history results/', 'with the runs before it'],
  ],
  async run({ args, io, notice }) {
    const inFolder = (path: string): string => resolve(io.cwd, path);
    const base = args.value('base');
    const input = await readInputs({
      files: args.positionals.map(inFolder),
      base: base === undefined ? undefined : inFolder(base),
      history: args.values('history').map(inFolder),
      notice,
    });
    const [view, parts] = [viewOf(input), await pageParts()];
    const output = args.value('output') ?? 'report.html';
    await writeWhole(inFolder(output), html(view, parts));
    io.stdout.write(`${output}\n`);
    const against = view.base === null ? '' : ` against ${view.base.name}`;
    const runs = view.runs.length > 1 ? `, ${plural(view.runs.length, 'run')}` : '';
    notice(`${plural(view.benchmarks.length, 'benchmark')}${against}${runs}`);
    return ExitCode.ok;
  },
};
