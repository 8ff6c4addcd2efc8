import { tmpdir } from 'node:os';
import type { CommandContext } from '../../command.ts';
import type { ListedVm } from '../../fleet/columns.ts';
import type { RunSink } from '../machine-result.ts';
import { FailureLines } from './failures.ts';
import { readRunOutput, type RunOutput } from './flags.ts';
import { FoldedSink } from './folded.ts';
import { JsonSink } from './json.ts';
import { Labels } from './labels.ts';
import { LiveSink } from './live.ts';
import { OutDirSink } from './out-dir.ts';
import { Printer } from './printer.ts';
import { RawSink } from './raw.ts';
import { Spool } from './spool.ts';
import { TeeSink } from './tee.ts';

export interface SinkRequest {
  /** All machines that will have a result, skipped ones too, in the order of the fleet. */
  readonly machines: readonly ListedVm[];
  /** One machine was named literally: its output is passed byte for byte, and its exit code needs no words. */
  readonly oneLiteral: boolean;
}

/**
 * Where the output goes, as the flags say. With a line of progress on the terminal, give it the context of that
 * (`progress.context`), so that the line gets out of the way.
 *
 * @throws CliError on flags that contradict each other (exit code 2), and where `--out-dir` cannot be made
 */
export function chooseSink(context: CommandContext, { machines, oneLiteral }: SinkRequest): RunSink {
  const { print, outDirectory } = readRunOutput(context.args);
  const printer = new Printer(context.io);
  const labels = new Labels(machines);
  const sinks: RunSink[] = [];
  if (outDirectory !== undefined) sinks.push(new OutDirSink(outDirectory, labels));
  if (print !== 'nothing') sinks.push(printing(print, context, { printer, labels, machines, oneLiteral }));
  // Last, so that a machine's output comes before the line that says how it ended.
  const isRaw = print === 'live' && oneLiteral;
  sinks.push(new FailureLines(context, { printer, labels, folded: print === 'groups', exitCodes: !isRaw }));
  return new TeeSink(sinks);
}

interface Parts extends SinkRequest {
  readonly printer: Printer;
  readonly labels: Labels;
}

function printing(print: Exclude<RunOutput['print'], 'nothing'>, context: CommandContext, parts: Parts): RunSink {
  const { printer, labels, machines, oneLiteral } = parts;
  if (print === 'live') return oneLiteral ? new RawSink(context, printer) : new LiveSink(context, printer, labels);
  const spool = new Spool({ directory: context.io.env['TMPDIR'] || tmpdir() });
  if (print === 'groups') return new FoldedSink(context, { printer, labels, spool, machines });
  return new JsonSink(print, context, { printer, spool, machines });
}
