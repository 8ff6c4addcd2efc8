import type { CommandContext } from '../../command.ts';
import { withHint } from '../../errors.ts';
import { visible } from '../../output/terminal-text.ts';
import type { MachineResult, RunSink } from '../machine-result.ts';
import { failureOf, type Failure } from './failure-text.ts';
import { foldNames } from './fold-names.ts';
import type { Labels } from './labels.ts';
import type { Printer } from './printer.ts';

interface FailureOptions {
  readonly printer: Printer;
  readonly labels: Labels;
  /** At the end, machines that failed alike in one line; otherwise a line each, at once. */
  readonly folded: boolean;
  /** Whether a command that only ended with another code than 0 is told of. */
  readonly exitCodes: boolean;
}

/** One line on stderr for each machine on which the command failed. */
export class FailureLines implements RunSink {
  readonly #style: CommandContext['stderrStyle'];
  readonly #options: FailureOptions;
  readonly #hints = new Set<string>();
  readonly #atTheEnd = new Map<string, { readonly failure: Failure; readonly labels: string[] }>();

  constructor({ stderrStyle }: Pick<CommandContext, 'stderrStyle'>, options: FailureOptions) {
    this.#style = stderrStyle;
    this.#options = options;
  }

  write(): void {}

  async result(result: MachineResult): Promise<void> {
    const failure = failureOf(result);
    const onlyCode = result.status === 'failed' && result.error === undefined;
    if (failure === undefined || (onlyCode && !this.#options.exitCodes)) return;
    const label = this.#options.labels.of(result.machine);
    // An interruption ends many at once: they are told in one line in any case.
    if (this.#options.folded || result.status === 'aborted') this.#keep(label, failure);
    else await this.#tell(label, failure);
  }

  async end(): Promise<void> {
    for (const { failure, labels } of this.#atTheEnd.values()) {
      await this.#tell(foldNames(labels).join(','), labels.length === 1 ? failure : { ...failure, where: undefined });
    }
  }

  async close(): Promise<void> {}

  #keep(label: string, failure: Failure): void {
    const key = `${failure.text}\n${failure.hint ?? ''}`;
    const alike = this.#atTheEnd.get(key);
    if (alike === undefined) this.#atTheEnd.set(key, { failure, labels: [label] });
    else alike.labels.push(label);
  }

  /** What can be done about it is told once, and not again for each of a hundred machines. */
  async #tell(names: string, { text, where, hint }: Failure): Promise<void> {
    const isNew = hint !== undefined && !this.#hints.has(hint);
    if (isNew) this.#hints.add(hint);
    const what = where === undefined ? text : `${text} (${where})`;
    const told = visible(withHint(what, isNew ? hint : undefined));
    await this.#options.printer.write('stderr', `${this.#style('red', `${visible(names)}:`)} ${told}\n`);
  }
}
