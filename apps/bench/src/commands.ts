import type { Command } from './command.ts';

interface CommandEntry {
  readonly summary: string;
  load(): Promise<Command>;
}

/** Every command, in the order of `--help`. Loaded when it is called. */
export const commands: Readonly<Record<string, CommandEntry>> = {
  run: {
    summary: 'measure: sides in turn, one build or two',
    load: async () => (await import('./commands/run.ts')).run,
  },
  list: {
    summary: 'the suites that there are',
    load: async () => (await import('./commands/list.ts')).list,
  },
  compare: {
    summary: 'what became faster or slower from one result file to another',
    load: async () => (await import('./commands/compare.ts')).compare,
  },
  gate: {
    summary: 'exit code 1 on a regression that noise cannot explain, or a broken budget',
    load: async () => (await import('./commands/gate.ts')).gate,
  },
  baseline: {
    summary: 'counts and ratios to compare with later: save, update',
    load: async () => (await import('./commands/baseline.ts')).baseline,
  },
  report: {
    summary: 'one HTML file with everything in it',
    load: async () => (await import('./commands/report.ts')).report,
  },
  serve: {
    summary: 'the report, live, on this machine',
    load: async () => (await import('./commands/serve.ts')).serve,
  },
};
