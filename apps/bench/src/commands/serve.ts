import { readArguments } from '../arguments.ts';
import type { Command, CommandContext } from '../command.ts';
import { usageError } from '../errors.ts';
import { ExitCode } from '../exit-codes.ts';
import { globalFlags } from '../flags.ts';
import { html, policy } from '../report/html.ts';
import { pageParts } from '../report/page-parts.ts';
import { LiveReport } from '../serve/live-report.ts';
import { LiveServer } from '../serve/live-server.ts';
import { measure, run } from './run.ts';

export const serve: Command = {
  usage: ['serve [--port N] [-- RUN ARGUMENTS]'],
  description:
    "Runs suites as 'run' does, and shows the report while they are measured: at an address of this machine only, with a " +
    'random part that others do not know. After the run it stays until Ctrl-C; Ctrl-C during the run ends both, and what ' +
    'is measured is kept where --output says.',
  flags: {
    port: { value: 'N', help: 'default any free one' },
  },
  examples: [
    ['azfleet-bench serve', 'every suite'],
    ['azfleet-bench serve -- start-up --base ../main --output new.json', "with arguments of 'run'"],
  ],
  async run(context) {
    const { io, args, notice } = context;
    const runArguments = readArguments(args.positionals, { ...run.flags, ...globalFlags }, 'run');
    if (runArguments.has('json')) throw usageError("'serve' shows the result on its page", "--json is for 'run'");
    const parts = await pageParts();
    const report = new LiveReport({
      publish: (event) => server.publish(event),
      isWatched: () => server.listeners > 0,
      now: () => io.now(),
    });
    const server = await LiveServer.start({
      page: html(undefined, parts, 'events'),
      policy: policy(parts, true),
      present: () => report.present(),
      port: args.number('port', { min: 0, max: 65_535, integer: true }),
    });
    try {
      io.stdout.write(`${server.url}\n`);
      return await measureAndStay({ ...context, args: runArguments }, report, () => notice('Ctrl-C ends this'));
    } finally {
      await server[Symbol.asyncDispose]();
    }
  },
};

async function measureAndStay(context: CommandContext, report: LiveReport, staying: () => void): Promise<ExitCode> {
  const { exitCode } = await measure(context, report);
  const interrupted = exitCode === ExitCode.interrupted;
  report.ended(interrupted);
  if (interrupted) return exitCode;
  staying();
  await aborted(context.io.interruptSignal());
  return exitCode;
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
