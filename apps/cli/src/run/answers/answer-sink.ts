import type { ListedVm } from '../../fleet/columns.ts';
import type { MachineResult, RunSink, StreamName } from '../machine-result.ts';
import { machineKey } from '../output/labels.ts';
import type { Question } from './question.ts';

/** What a machine said. `records` is `undefined` where it could not be asked: that is not the same as none. */
export interface Answer<Item> {
  readonly result: MachineResult;
  readonly records: readonly Item[] | undefined;
}

/** More than this of a machine's output is not kept: a process list has some hundred bytes a process. */
const MOST_BYTES = 8 * 1024 * 1024;

interface Collected {
  readonly chunks: Record<StreamName, Uint8Array[]>;
  bytes: number;
}

/**
 * Reads the answers of the machines as they come in. What a machine said and we do not understand is a failure of that
 * machine. `next` is told the results as they are after that; at the end, `print` comes before it.
 */
export class AnswerSink<Item> implements RunSink {
  readonly #question: Question<Item>;
  readonly #print: () => Promise<void>;
  readonly #next: RunSink;
  readonly #collected = new Map<string, Collected>();
  readonly #answers = new Map<string, Answer<Item>>();

  constructor(question: Question<Item>, { print, next }: { print: () => Promise<void>; next: RunSink }) {
    this.#question = question;
    this.#print = print;
    this.#next = next;
  }

  /** In the order of `machines`; those without a result are left out. */
  answers(machines: readonly ListedVm[]): Answer<Item>[] {
    return machines.flatMap((machine) => this.#answers.get(machineKey(machine)) ?? []);
  }

  write(machine: ListedVm, stream: StreamName, bytes: Uint8Array): void {
    const collected = this.#collectedOf(machine);
    collected.bytes += bytes.length;
    if (collected.bytes <= MOST_BYTES) collected.chunks[stream].push(bytes);
    else collected.chunks[stream].length = 0; // half of it is of no use
  }

  async result(result: MachineResult): Promise<void> {
    const collected = this.#collectedOf(result.machine);
    this.#collected.delete(machineKey(result.machine));
    const answer = this.#understood(result, collected);
    this.#answers.set(machineKey(result.machine), answer);
    await this.#next.result(answer.result);
  }

  async end(): Promise<void> {
    await this.#print();
    await this.#next.end();
  }

  async close(): Promise<void> {
    await this.#next.close();
  }

  #understood(result: MachineResult, { chunks, bytes }: Collected): Answer<Item> {
    const stderr = text(chunks.stderr);
    if (result.status === 'failed') return { result: this.#failed(result, stderr), records: undefined };
    if (result.status !== 'ok') return { result, records: undefined };
    const records = bytes > MOST_BYTES ? undefined : this.#question.parse(text(chunks.stdout));
    return records === undefined ? { result: this.#failed(result, stderr), records } : { result, records };
  }

  /** Why there is no answer, for the person: what the machine itself said, or what is missing there. */
  #failed(result: MachineResult, stderr: string): MachineResult {
    const { program } = this.#question;
    const { exitCode, signal } = result;
    const remedy = `install procps there, whose ${program} azfleet reads`;
    const failed = (code: string, message: string, hint: string | undefined): MachineResult => ({
      ...result,
      status: 'failed',
      error: { code, message: `${result.machine.name}: ${message}`, hint },
    });
    if (exitCode === NOT_FOUND) return failed('NO_PROGRAM', `there is no ${program}`, remedy);
    const said = stderr.split('\n').find((line) => line.trim() !== '');
    if (/busybox/i.test(stderr)) return failed('NOT_UNDERSTOOD', `its ${program} is BusyBox's`, remedy);
    if (result.status === 'ok')
      return failed('NOT_UNDERSTOOD', `what its ${program} says is not understood: it is not that of procps`, remedy);
    const how = signal === undefined ? `exit ${exitCode ?? 'unknown'}` : `signal ${signal}`;
    return failed('COMMAND_FAILED', said === undefined ? `${program}: ${how}` : `${said.trim()} (${how})`, undefined);
  }

  #collectedOf(machine: ListedVm): Collected {
    const key = machineKey(machine);
    let collected = this.#collected.get(key);
    if (collected === undefined)
      this.#collected.set(key, (collected = { chunks: { stdout: [], stderr: [] }, bytes: 0 }));
    return collected;
  }
}

/** What a shell says when a command is not there. */
const NOT_FOUND = 127;

function text(chunks: readonly Uint8Array[]): string {
  return Buffer.concat(chunks).toString();
}
