import type { ListedVm } from '../../fleet/columns.ts';
import type { StreamName } from '../machine-result.ts';
import { machineKey } from './labels.ts';
import type { Spool, SpooledStream } from './spool.ts';

/** The two streams of a machine, kept until they are printed. */
export type MachineOutput = Readonly<Record<StreamName, SpooledStream>>;

/** What the machines have written so far. */
export class MachineOutputs {
  readonly #spool: Spool;
  readonly #machines = new Map<string, MachineOutput>();

  constructor(spool: Spool) {
    this.#spool = spool;
  }

  of(machine: ListedVm): MachineOutput {
    const key = machineKey(machine);
    let output = this.#machines.get(key);
    if (output === undefined)
      this.#machines.set(key, (output = { stdout: this.#spool.open(), stderr: this.#spool.open() }));
    return output;
  }

  discard(machine: ListedVm): void {
    const key = machineKey(machine);
    const output = this.#machines.get(key);
    this.#machines.delete(key);
    output?.stdout.discard();
    output?.stderr.discard();
  }
}
