import type { MachineResult, StreamName } from '../machine-result.ts';
import { base64Content, jsonStringContent } from './json-text.ts';
import type { MachineOutput } from './machine-output.ts';

/** How it is written: whether a stream is text, and what stands before each member (nothing: all on one line). */
interface Layout {
  readonly isUtf8: Readonly<Record<StreamName, boolean>>;
  readonly indent: string;
}

/** A machine's result with its output as JSON, in pieces: the output may be larger than the memory. */
export async function* machineJson(
  result: MachineResult,
  output: MachineOutput,
  { isUtf8, indent }: Layout,
): AsyncGenerator<string | Uint8Array, void, undefined> {
  const { machine, address, status, reason, exitCode, signal, elapsedMs, attempts, error } = result;
  const member = (name: string, value: unknown): string => {
    const json = JSON.stringify(value ?? null, null, indent === '' ? 0 : 2);
    return `${indent}"${name}":${indent === '' ? '' : ' '}${json.replaceAll('\n', indent)}`;
  };
  yield `{${[
    member('name', machine.name),
    member('resourceGroup', machine.resourceGroup),
    member('subscriptionId', machine.subscriptionId),
    member('id', machine.id),
    member('address', address),
    member('status', status),
    member('reason', reason),
    member('exitCode', exitCode),
    member('signal', signal),
  ].join(',')}`;
  for (const stream of ['stdout', 'stderr'] as const) {
    const encoding = didRun(result, output) ? (isUtf8[stream] ? 'utf8' : 'base64') : null;
    if (encoding === null) {
      yield `,${member(stream, null)}`;
    } else {
      yield `,${member(stream, '').slice(0, -1)}`;
      yield* encoding === 'utf8' ? jsonStringContent(output[stream].read()) : base64Content(output[stream].read());
      yield '"';
    }
    yield `,${member(`${stream}Encoding`, encoding)}`;
  }
  yield [
    '',
    member('elapsedMs', Math.round(elapsedMs)),
    member('attempts', attempts),
    member('error', error && { code: error.code, message: error.message, hint: error.hint ?? null }),
  ].join(',');
  yield `${indent.slice(0, -2)}}`;
}

/** Nothing is known of the output of a command that was not started. */
function didRun({ status }: MachineResult, { stdout, stderr }: MachineOutput): boolean {
  return (status !== 'skipped' && status !== 'unreachable') || stdout.length + stderr.length > 0;
}
