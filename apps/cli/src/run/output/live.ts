import width from 'fast-string-truncated-width';
import type { CommandContext } from '../../command.ts';
import type { ListedVm } from '../../fleet/columns.ts';
import { plain } from '../../output/style.ts';
import { visible } from '../../output/terminal-text.ts';
import type { MachineResult, RunSink, StreamName } from '../machine-result.ts';
import { machineKey, type Labels } from './labels.ts';
import { machineColour } from './machine-colour.ts';
import { PrefixedLines } from './prefixed-lines.ts';
import type { Printer } from './printer.ts';
import { TerminalText } from './terminal-text.ts';

/** Names are lined up on a terminal as long as that takes no more than so much of its width. */
const MOST_OF_THE_WIDTH = 1 / 3;

/** Lines as they come, each behind the name of its machine. */
export class LiveSink implements RunSink {
  readonly #context: CommandContext;
  readonly #printer: Printer;
  readonly #labels: Labels;
  readonly #machines = new Map<string, Record<StreamName, PrefixedLines>>();

  constructor(context: CommandContext, printer: Printer, labels: Labels) {
    this.#context = context;
    this.#printer = printer;
    this.#labels = labels;
  }

  async write(machine: ListedVm, stream: StreamName, bytes: Uint8Array): Promise<void> {
    await this.#print(stream, this.#linesOf(machine)[stream].add(bytes));
  }

  async result({ machine }: MachineResult): Promise<void> {
    const key = machineKey(machine);
    const lines = this.#machines.get(key);
    this.#machines.delete(key);
    if (lines === undefined) return;
    await this.#print('stdout', lines.stdout.end());
    await this.#print('stderr', lines.stderr.end());
  }

  async end(): Promise<void> {}

  async close(): Promise<void> {}

  async #print(stream: StreamName, lines: Uint8Array): Promise<void> {
    if (lines.length > 0) await this.#printer.write(stream, lines);
  }

  #linesOf(machine: ListedVm): Record<StreamName, PrefixedLines> {
    const key = machineKey(machine);
    let lines = this.#machines.get(key);
    if (lines === undefined) {
      const label = visible(this.#labels.of(machine));
      lines = { stdout: this.#linesOn('stdout', label), stderr: this.#linesOn('stderr', label) };
      this.#machines.set(key, lines);
    }
    return lines;
  }

  #linesOn(stream: StreamName, label: string): PrefixedLines {
    const { io } = this.#context;
    const output = io[stream];
    const style = stream === 'stdout' ? this.#context.style : this.#context.stderrStyle;
    const name = machineColour(style, io.env)(label, `${label}:`);
    if (!output.isTerminal) return new PrefixedLines(`${name} `);
    const widest = Math.min(this.#labels.longest, Math.floor((output.columns ?? 80) * MOST_OF_THE_WIDTH));
    const padding = ' '.repeat(Math.max(0, widest - width(label).width));
    return new PrefixedLines(`${name} ${padding}`, (line) => shown(line, style !== plain));
  }
}

/** The line without its end: CR LF is one, too. */
function shown(line: Uint8Array, colours: boolean): Uint8Array {
  const text = new TerminalText(colours);
  return Buffer.from((text.add(line) + text.add(NEWLINE)).slice(0, -1));
}

const NEWLINE = Buffer.from('\n');
