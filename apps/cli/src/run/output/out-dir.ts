import { mkdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { CliError } from '../../errors.ts';
import { ExitCode } from '../../exit-codes.ts';
import type { ListedVm } from '../../fleet/columns.ts';
import type { MachineResult, RunSink, StreamName } from '../machine-result.ts';
import { FileAppender } from './file-appender.ts';
import type { Labels } from './labels.ts';
import { safeFileName } from './safe-file-name.ts';

const SUFFIX: Readonly<Record<StreamName, string>> = { stdout: '.out', stderr: '.err' };

/**
 * A file a machine and stream, written as the output comes. After the result there is always a NAME.out, and a NAME.err
 * only if anything was written to it: what an earlier command left is gone. Machines that are skipped keep theirs.
 */
export class OutDirSink implements RunSink {
  readonly #directory: string;
  readonly #labels: Labels;
  readonly #files = new FileAppender();
  readonly #begun = new Set<string>();

  /** Makes the directory, so that it is told before any command runs when that is impossible. @throws CliError */
  constructor(directory: string, labels: Labels) {
    this.#directory = directory;
    this.#labels = labels;
    try {
      mkdirSync(directory, { recursive: true, mode: 0o700 });
    } catch (error) {
      throw cannotWrite(directory, error);
    }
  }

  async write(machine: ListedVm, stream: StreamName, bytes: Uint8Array): Promise<void> {
    const path = this.#path(machine, stream);
    if (this.#begun.has(path)) await told(path, this.#files.append(path, bytes));
    else await this.#begin(path, bytes);
  }

  async result({ machine, status }: MachineResult): Promise<void> {
    if (status === 'skipped') return;
    const [out, err] = [this.#path(machine, 'stdout'), this.#path(machine, 'stderr')];
    if (!this.#begun.has(out)) await this.#begin(out, new Uint8Array());
    if (!this.#begun.has(err)) await told(err, rm(err, { force: true }));
  }

  async end(): Promise<void> {}

  async close(): Promise<void> {
    await this.#files.idle();
  }

  #path(machine: ListedVm, stream: StreamName): string {
    return join(this.#directory, safeFileName(this.#labels.of(machine)) + SUFFIX[stream]);
  }

  /** Makes it anew: never through a link that lies there, and never with the permissions of an old file. */
  async #begin(path: string, bytes: Uint8Array): Promise<void> {
    this.#begun.add(path);
    await told(path, rm(path, { force: true }));
    await told(path, this.#files.create(path, bytes));
  }
}

/** A failure to write is told with the file that it was. */
async function told(path: string, writing: Promise<void>): Promise<void> {
  try {
    await writing;
  } catch (error) {
    throw cannotWrite(path, error);
  }
}

function cannotWrite(path: string, cause: unknown): CliError {
  const { code } = cause as NodeJS.ErrnoException;
  return new CliError('OUTPUT', `${path} cannot be written (${code})`, {
    exitCode: ExitCode.someFailed,
    hint: 'name another directory with --out-dir',
    cause,
  });
}
