import { type ChildProcess, fork } from 'node:child_process';
import { extname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { BenchError } from '../errors.ts';
import { ExitCode } from '../exit-codes.ts';
import type { FromWorker, Method, ToWorker } from './protocol.ts';
import type { Redirection } from './redirect-imports.ts';
import type { SuiteSession } from './suite-session.ts';

export interface SuiteWorkerOptions {
  readonly file: string;
  readonly redirection: Redirection;
  /** Further flags of Node, such as those of a profile. */
  readonly nodeFlags?: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** What the suite prints, line by line. */
  readonly onLine: (line: string) => void;
}

const ENTRY = join(import.meta.dirname, `worker${extname(import.meta.filename)}`);
const NODE_FLAGS = [
  // Node 22.12 to 22.17 needs it for suites in TypeScript; later ones do not mind it.
  '--experimental-strip-types',
  '--experimental-import-meta-resolve',
  '--disable-warning=ExperimentalWarning',
  '--expose-gc',
];

const hasGroups = process.platform !== 'win32';
/** How long what has left the group may hold the output open. */
const LAST_WORDS_MS = 1000;

/** The process of one suite, as the runner sees it. Questions are answered one at a time. */
export class SuiteWorker {
  readonly #child: ChildProcess;
  readonly #ended: Promise<void>;
  #lastLine = '';
  #id = 0;
  #pending: { id: number; resolve: (value: unknown) => void; reject: (error: Error) => void } | undefined;
  /** Why nothing can be asked any more. */
  #broken: Error | undefined;

  constructor({ file, redirection, nodeFlags = [], env, cwd, onLine }: SuiteWorkerOptions) {
    this.#child = fork(ENTRY, [file, JSON.stringify(redirection)], {
      execArgv: [...NODE_FLAGS, ...nodeFlags],
      env: { ...env },
      cwd,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      // A process group of its own: Ctrl-C reaches the runner alone, and what the suite has started ends with it.
      detached: hasGroups,
    });
    for (const stream of [this.#child.stdout!, this.#child.stderr!]) {
      createInterface({ input: stream }).on('line', (line) => {
        if (line.trim() !== '') this.#lastLine = line;
        onLine(line);
      });
    }
    this.#child.on('message', (message: FromWorker) => this.#onMessage(message));
    this.#ended = new Promise((resolve) => {
      this.#child.on('error', (error) => {
        this.#break(failure(`its process cannot be started: ${error.message}`));
        resolve();
      });
      this.#child.on('exit', () => this.#endGroup());
      // `close`, not `exit`: its last words have been read.
      this.#child.on('close', (code, signal) => {
        this.#break(
          failure(`its process ended ${code === null ? `by ${signal}` : `with exit code ${code}`}${this.#words()}`),
        );
        resolve();
      });
    });
  }

  /** Whether its process can still be asked. */
  get isAlive(): boolean {
    return this.#broken === undefined;
  }

  /**
   * Has the session in the worker do something. Aborting gives up the answer, not what is being done.
   * @throws BenchError `BENCH_SUITE` with the suite's own error, or because the process ended or gave no answer in time
   */
  async ask<M extends Method>(
    method: M,
    args: Parameters<SuiteSession[M]>,
    { limitMs, signal }: { limitMs: number; signal?: AbortSignal },
  ): Promise<Awaited<ReturnType<SuiteSession[M]>>> {
    if (this.#broken !== undefined) throw this.#broken;
    if (signal?.aborted === true) throw failure('interrupted');
    const id = (this.#id += 1);
    const answer = new Promise<unknown>((resolve, reject) => {
      this.#pending = { id, resolve, reject };
    });
    const timer = setTimeout(() => {
      this.#break(failure(`no answer to '${method}' within ${limitMs / 1000} s`));
      this.kill();
    }, limitMs);
    const onAbort = (): void => this.#pending?.reject(failure('interrupted'));
    signal?.addEventListener('abort', onAbort, { once: true });
    try {
      this.#send({ type: 'ask', id, method, args });
      return (await answer) as Awaited<ReturnType<SuiteSession[M]>>;
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
    }
  }

  /** Tells the suite to stop what it does. */
  abort(): void {
    this.#send({ type: 'abort' });
  }

  /** Lets the process end by itself, so that its profiles are written, and kills it if it does not. */
  async exit(limitMs: number): Promise<void> {
    this.#send({ type: 'exit' });
    const timer = setTimeout(() => this.kill(), limitMs);
    await this.#ended;
    clearTimeout(timer);
  }

  kill(): void {
    this.#child.kill('SIGKILL');
  }

  /** Nothing that the suite has left behind may go on, or hold its output open. */
  #endGroup(): void {
    try {
      if (hasGroups) process.kill(-this.#child.pid!, 'SIGKILL');
    } catch {
      // Nothing was left.
    }
    const { stdout, stderr } = this.#child;
    const timer = setTimeout(() => [stdout, stderr].forEach((stream) => stream?.destroy()), LAST_WORDS_MS);
    this.#child.on('close', () => clearTimeout(timer));
  }

  #send(message: ToWorker): void {
    // It may just have ended, which `close` tells.
    if (this.#child.connected) this.#child.send(message, () => {});
  }

  #onMessage(message: FromWorker): void {
    if (message.type === 'broken') return this.#break(failure(message.message));
    if (this.#pending?.id !== message.id) return;
    const { resolve, reject } = this.#pending;
    this.#pending = undefined;
    if (message.type === 'answer') resolve(message.value);
    else reject(failure(message.message));
  }

  #break(error: Error): void {
    this.#broken ??= error;
    this.#pending?.reject(this.#broken);
    this.#pending = undefined;
  }

  #words(): string {
    return this.#lastLine === '' ? '' : `: ${this.#lastLine}`;
  }
}

function failure(message: string): BenchError {
  return new BenchError('BENCH_SUITE', message, { exitCode: ExitCode.failed });
}
