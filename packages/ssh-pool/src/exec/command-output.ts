import { Collector } from './collector.ts';
import { OutputStream } from './output-stream.ts';
import type { ExecRequest, ExecResult } from './request.ts';

/** Where the output of one command goes: to whom reads the streams, or into the result. */
export class CommandOutput {
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  readonly #collectors: { stdout: Collector; stderr: Collector } | undefined;
  readonly #onTaken: (bytes: number) => void;

  /** @param onTaken Called with bytes that are out of the way: the remote may send as many again. */
  constructor(collect: ExecRequest['collect'], onTaken: (bytes: number) => void) {
    this.#onTaken = onTaken;
    this.stdout = new OutputStream(onTaken);
    this.stderr = new OutputStream(onTaken);
    this.#collectors = collect && {
      stdout: new Collector(collect.maxBytes),
      stderr: new Collector(collect.maxBytes),
    };
  }

  onData(chunk: Buffer): void {
    this.#put('stdout', chunk);
  }

  onErrorData(chunk: Buffer): void {
    this.#put('stderr', chunk);
  }

  end(): void {
    this.stdout.end();
    this.stderr.end();
  }

  fail(error: unknown): void {
    this.stdout.fail(error);
    this.stderr.fail(error);
  }

  collected(): Pick<ExecResult, 'stdout' | 'stderr' | 'truncated'> {
    if (this.#collectors === undefined) return {};
    const { stdout, stderr } = this.#collectors;
    return { stdout: stdout.bytes(), stderr: stderr.bytes(), truncated: stdout.isTruncated || stderr.isTruncated };
  }

  #put(stream: 'stdout' | 'stderr', chunk: Buffer): void {
    if (this.#collectors === undefined) {
      this[stream].push(chunk);
      return;
    }
    this.#collectors[stream].push(chunk);
    this.#onTaken(chunk.length);
  }
}
