import type { ListedVm } from '../../fleet/columns.ts';
import type { MachineResult, RunSink, StreamName } from '../machine-result.ts';

/** Several sinks as one: each gets everything, in their order. */
export class TeeSink implements RunSink {
  readonly #sinks: readonly RunSink[];

  constructor(sinks: readonly RunSink[]) {
    this.#sinks = sinks;
  }

  async write(machine: ListedVm, stream: StreamName, bytes: Uint8Array): Promise<void> {
    for (const sink of this.#sinks) await sink.write(machine, stream, bytes);
  }

  async result(result: MachineResult): Promise<void> {
    for (const sink of this.#sinks) await sink.result(result);
  }

  async end(): Promise<void> {
    for (const sink of this.#sinks) await sink.end();
  }

  /** Every sink is closed, whatever becomes of the others. @throws the first error */
  async close(): Promise<void> {
    const ends = await Promise.allSettled(this.#sinks.map((sink) => sink.close()));
    const failed = ends.find((end) => end.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
  }
}
