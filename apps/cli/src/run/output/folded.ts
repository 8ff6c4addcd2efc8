import { createHash, type Hash } from 'node:crypto';
import type { CommandContext } from '../../command.ts';
import type { ListedVm } from '../../fleet/columns.ts';
import { plain } from '../../output/style.ts';
import type { MachineResult, RunSink, StreamName } from '../machine-result.ts';
import { outcomeText } from './failure-text.ts';
import { groupHeader } from './group-header.ts';
import { machineKey, type Labels } from './labels.ts';
import { MachineOutputs, type MachineOutput } from './machine-output.ts';
import type { Printer } from './printer.ts';
import type { Spool } from './spool.ts';
import { TerminalText } from './terminal-text.ts';

/** Machines with the same output and outcome. What they wrote is kept once. */
interface Group {
  readonly machines: { readonly label: string; readonly place: number }[];
  readonly output: MachineOutput;
  readonly outcome: string | undefined;
}

/** At the end, what several machines wrote alike only once: the largest group first. */
export class FoldedSink implements RunSink {
  readonly #context: CommandContext;
  readonly #printer: Printer;
  readonly #labels: Labels;
  readonly #spool: Spool;
  readonly #outputs: MachineOutputs;
  readonly #places: ReadonlyMap<string, number>;
  readonly #hashes = new Map<string, Record<StreamName, Hash>>();
  readonly #groups = new Map<string, Group>();

  constructor(
    context: CommandContext,
    parts: { printer: Printer; labels: Labels; spool: Spool; machines: readonly ListedVm[] },
  ) {
    this.#context = context;
    this.#printer = parts.printer;
    this.#labels = parts.labels;
    this.#spool = parts.spool;
    this.#outputs = new MachineOutputs(parts.spool);
    this.#places = new Map(parts.machines.map((machine, place) => [machineKey(machine), place]));
  }

  async write(machine: ListedVm, stream: StreamName, bytes: Uint8Array): Promise<void> {
    this.#hashesOf(machine)[stream].update(bytes);
    await this.#outputs.of(machine)[stream].append(bytes);
  }

  async result(result: MachineResult): Promise<void> {
    const { machine, status } = result;
    const key = machineKey(machine);
    const output = this.#outputs.of(machine);
    const isEmpty = output.stdout.length + output.stderr.length === 0;
    // Those that wrote nothing since nothing ran are among the failures.
    if (isEmpty && status !== 'ok' && status !== 'failed') return this.#outputs.discard(machine);
    const { stdout, stderr } = this.#hashesOf(machine);
    this.#hashes.delete(key);
    const outcome = outcomeText(result);
    const content = `${stdout.digest('hex')} ${stderr.digest('hex')} ${outcome ?? ''}`;
    const member = { label: this.#labels.of(machine), place: this.#places.get(key) ?? Infinity };
    const group = this.#groups.get(content);
    if (group === undefined) {
      this.#groups.set(content, { machines: [member], output, outcome });
    } else {
      group.machines.push(member);
      this.#outputs.discard(machine);
    }
  }

  async end(): Promise<void> {
    for (const { machines } of this.#groups.values()) machines.sort((a, b) => a.place - b.place);
    const inOrder = [...this.#groups.values()].toSorted(
      (a, b) => b.machines.length - a.machines.length || a.machines[0]!.place - b.machines[0]!.place,
    );
    const { isTerminal } = this.#context.io.stdout;
    for (const [index, group] of inOrder.entries()) {
      await this.#print(group);
      // On a terminal the failures and the summary follow.
      if (isTerminal || index < inOrder.length - 1) await this.#printer.write('stdout', '\n');
    }
  }

  async close(): Promise<void> {
    await this.#spool.close();
  }

  async #print({ machines, output, outcome }: Group): Promise<void> {
    const { style, io } = this.#context;
    const isEmpty = output.stdout.length + output.stderr.length === 0;
    const notes = [
      ...(outcome === undefined ? [] : [{ text: outcome, look: 'red' } as const]),
      ...(isEmpty ? [{ text: 'no output', look: 'dim' } as const] : []),
    ];
    const labels = machines.map(({ label }) => label);
    await this.#printer.write('stdout', groupHeader(labels, notes, { style, columns: io.stdout.columns }));
    await this.#printStream(output.stdout.read());
    if (output.stderr.length === 0) return;
    await this.#printer.write('stdout', `${style('dim', 'stderr:')}\n`);
    await this.#printStream(output.stderr.read());
  }

  /** Ends with a newline, whether the machine wrote one or not. */
  async #printStream(chunks: AsyncIterable<Uint8Array>): Promise<void> {
    const { style, io } = this.#context;
    const text = io.stdout.isTerminal ? new TerminalText(style !== plain) : undefined;
    let last = NEWLINE;
    for await (const bytes of chunks) {
      last = bytes.at(-1)!;
      await this.#printer.write('stdout', text?.add(bytes) ?? bytes);
    }
    await this.#printer.write('stdout', (text?.end() ?? '') + (last === NEWLINE ? '' : '\n'));
  }

  #hashesOf(machine: ListedVm): Record<StreamName, Hash> {
    const key = machineKey(machine);
    let hashes = this.#hashes.get(key);
    if (hashes === undefined) {
      hashes = { stdout: createHash('sha256'), stderr: createHash('sha256') };
      this.#hashes.set(key, hashes);
    }
    return hashes;
  }
}

const NEWLINE = 0x0a;
