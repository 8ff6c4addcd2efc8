import type { CommandContext } from '../../command.ts';
import type { ListedVm } from '../../fleet/columns.ts';
import { plain } from '../../output/style.ts';
import type { RunSink, StreamName } from '../machine-result.ts';
import type { Printer } from './printer.ts';
import { TerminalText } from './terminal-text.ts';

/** The output of one machine as it is, byte for byte, as ssh would pass it on; a terminal gets no controls of it. */
export class RawSink implements RunSink {
  readonly #printer: Printer;
  readonly #onTerminal: Readonly<Record<StreamName, TerminalText | undefined>>;

  constructor({ io, style, stderrStyle }: Pick<CommandContext, 'io' | 'style' | 'stderrStyle'>, printer: Printer) {
    this.#printer = printer;
    this.#onTerminal = {
      stdout: io.stdout.isTerminal ? new TerminalText(style !== plain) : undefined,
      stderr: io.stderr.isTerminal ? new TerminalText(stderrStyle !== plain) : undefined,
    };
  }

  async write(_machine: ListedVm, stream: StreamName, bytes: Uint8Array): Promise<void> {
    await this.#printer.write(stream, this.#onTerminal[stream]?.add(bytes) ?? bytes);
  }

  async result(): Promise<void> {
    for (const stream of ['stdout', 'stderr'] as const) {
      await this.#printer.write(stream, this.#onTerminal[stream]?.end() ?? '');
    }
  }

  async end(): Promise<void> {}

  async close(): Promise<void> {}
}
