import type { Arguments, FlagTable } from '../../arguments.ts';
import { usageError } from '../../errors.ts';

/** What becomes of the output of the machines. */
export const runOutputFlags: FlagTable = {
  output: {
    short: 'o',
    value: 'FORMAT',
    choices: ['text', 'json', 'ndjson'],
    help: 'text (default): live, a prefix a machine; json: one document; ndjson: a line a machine as it finishes',
  },
  group: { help: 'at the end, the same output of several machines only once' },
  quiet: { help: 'no output of the machines; failures and the summary only' },
  'out-dir': { value: 'DIR', help: 'into DIR/NAME.out and DIR/NAME.err, a file a machine' },
};

/** How the output was asked for. */
export interface RunOutput {
  /** What is printed; `nothing` with `--quiet`, and with `--out-dir` alone. */
  readonly print: 'live' | 'groups' | 'json' | 'ndjson' | 'nothing';
  readonly outDirectory: string | undefined;
}

/** @throws CliError (exit code 2) on flags that contradict each other */
export function readRunOutput(args: Arguments): RunOutput {
  const format = args.value('output') as 'text' | 'json' | 'ndjson' | undefined;
  const outDirectory = args.value('out-dir');
  const kinds = [
    ...(format === 'json' || format === 'ndjson' ? [`-o ${format}`] : []),
    ...(args.has('group') ? ['--group'] : []),
    ...(args.has('quiet') ? ['--quiet'] : []),
  ];
  if (kinds.length > 1) throw usageError(`${kinds[0]} and ${kinds[1]} contradict each other`, 'give one of them');
  if (format === 'text' && args.has('quiet')) {
    throw usageError('-o text and --quiet contradict each other', 'give one of them');
  }
  return { print: printed(), outDirectory };

  function printed(): RunOutput['print'] {
    if (args.has('group')) return 'groups';
    if (args.has('quiet')) return 'nothing';
    if (format === 'json' || format === 'ndjson') return format;
    return format === undefined && outDirectory !== undefined ? 'nothing' : 'live';
  }
}
