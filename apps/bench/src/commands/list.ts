import type { Command } from '../command.ts';
import { ExitCode } from '../exit-codes.ts';
import { tableLines } from '../output/table.ts';
import { visible } from '../output/terminal-text.ts';
import { describeSuites } from '../runner/describe-suites.ts';
import { DEFAULT_LIMITS } from '../runner/plan.ts';
import { findSuites, selectSuites } from '../suite/find-suites.ts';

export const list: Command = {
  usage: ['list [SUITE…]'],
  description: 'Tells which suites there are, what each is about, and which can be run with --live.',
  flags: {
    suites: { value: 'DIR', help: 'where the suites are' },
    json: { help: 'print JSON' },
  },
  examples: [['azfleet-bench list', 'all of them']],
  async run({ io, args, style }) {
    const found = findSuites(io.cwd, args.value('suites'));
    const plan = { env: io.env, cwd: io.cwd, limits: DEFAULT_LIMITS, signal: io.interruptSignal() };
    const described = await describeSuites(selectSuites(found, args.positionals), plan);
    if (args.has('json')) {
      const suites = described.map(({ suite, facts, error }) => ({
        ...suite,
        about: facts?.about ?? null,
        live: facts?.live ?? null,
        error: error ?? null,
      }));
      io.stdout.write(`${JSON.stringify({ directory: found.directory, suites }, null, 2)}\n`);
    } else {
      const rows = described.map(({ suite, facts, error }) => [
        style('bold', suite.name),
        facts?.live === true ? 'live' : '',
        error === undefined ? visible(facts!.about) : style('red', visible(error)),
      ]);
      const [, ...lines] = tableLines([{ header: '' }, { header: '' }, { header: '' }], rows);
      io.stdout.write(`${lines.join('\n')}\n`);
    }
    if (plan.signal.aborted) return ExitCode.interrupted;
    return described.every(({ error }) => error === undefined) ? ExitCode.ok : ExitCode.failed;
  },
};
