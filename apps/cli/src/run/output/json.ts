import { StringDecoder } from 'node:string_decoder';
import type { CommandContext } from '../../command.ts';
import type { ListedVm } from '../../fleet/columns.ts';
import { visibleJson } from '../../output/terminal-text.ts';
import type { MachineResult, MachineStatus, RunSink, StreamName } from '../machine-result.ts';
import { ByteBuffer } from './byte-buffer.ts';
import { Utf8Check } from './json-text.ts';
import { machineKey } from './labels.ts';
import { machineJson } from './machine-json.ts';
import { MachineOutputs } from './machine-output.ts';
import type { Printer } from './printer.ts';
import type { Spool } from './spool.ts';

/** What is to be written is collected up to about this length. */
const PIECE = 64 * 1024;

/**
 * `json`: one document, the machines in the order of the fleet; each is printed as soon as it and all before it are
 * done. `ndjson`: a line a machine, in the order in which they finish.
 */
export class JsonSink implements RunSink {
  readonly #format: 'json' | 'ndjson';
  readonly #printer: Printer;
  readonly #spool: Spool;
  readonly #outputs: MachineOutputs;
  readonly #checks = new Map<string, Record<StreamName, Utf8Check>>();
  /** Where stdout is a terminal: it gets no controls. */
  readonly #terminalDecoder: StringDecoder | undefined;
  readonly #inOrder: string[];
  readonly #done = new Map<string, MachineResult>();
  readonly #summary: Record<MachineStatus, number> = {
    ok: 0,
    failed: 0,
    timeout: 0,
    unreachable: 0,
    aborted: 0,
    skipped: 0,
  };
  #printing: Promise<void> = Promise.resolve();
  #printed = 0;
  readonly #piece = new ByteBuffer();

  constructor(
    format: 'json' | 'ndjson',
    { io }: Pick<CommandContext, 'io'>,
    { printer, spool, machines }: { printer: Printer; spool: Spool; machines: readonly ListedVm[] },
  ) {
    this.#format = format;
    this.#printer = printer;
    this.#spool = spool;
    this.#outputs = new MachineOutputs(spool);
    this.#terminalDecoder = io.stdout.isTerminal ? new StringDecoder('utf8') : undefined;
    this.#inOrder = format === 'json' ? machines.map(machineKey) : [];
  }

  async write(machine: ListedVm, stream: StreamName, bytes: Uint8Array): Promise<void> {
    this.#checksOf(machine)[stream].add(bytes);
    await this.#outputs.of(machine)[stream].append(bytes);
  }

  async result(result: MachineResult): Promise<void> {
    this.#summary[result.status] += 1;
    this.#done.set(machineKey(result.machine), result);
    if (this.#format === 'ndjson') await this.#afterTheOthers(() => this.#printLine(result));
    else await this.#afterTheOthers(() => this.#printThoseInOrder());
  }

  async end(): Promise<void> {
    if (this.#format === 'ndjson') return;
    await this.#afterTheOthers(async () => {
      await this.#printThoseInOrder();
      // Where one before them has no result.
      for (const result of this.#done.values()) await this.#printMachine(result);
      const summary = JSON.stringify(this.#summary, null, 2).replaceAll('\n', '\n  ');
      await this.#add(`${this.#printed === 0 ? `${BEGINNING}]` : '\n  ]'},\n  "summary": ${summary}\n}\n`);
      await this.#flush();
    });
  }

  async close(): Promise<void> {
    await this.#spool.close();
  }

  /** One machine is printed at a time. */
  async #afterTheOthers(print: () => Promise<void>): Promise<void> {
    this.#printing = this.#printing.then(print);
    await this.#printing;
  }

  async #printThoseInOrder(): Promise<void> {
    for (;;) {
      const next = this.#done.get(this.#inOrder[0] ?? '');
      if (next === undefined) break;
      this.#inOrder.shift();
      await this.#printMachine(next);
    }
    await this.#flush();
  }

  async #printMachine(result: MachineResult): Promise<void> {
    await this.#add(this.#printed === 0 ? `${BEGINNING}\n    ` : ',\n    ');
    await this.#addMachine(result, '\n      ');
  }

  async #printLine(result: MachineResult): Promise<void> {
    await this.#addMachine(result, '');
    await this.#add('\n');
    await this.#flush();
  }

  async #addMachine(result: MachineResult, indent: string): Promise<void> {
    const { machine } = result;
    const key = machineKey(machine);
    const { stdout, stderr } = this.#checksOf(machine);
    const isUtf8 = { stdout: stdout.isValid(), stderr: stderr.isValid() };
    for await (const json of machineJson(result, this.#outputs.of(machine), { isUtf8, indent })) await this.#add(json);
    this.#outputs.discard(machine);
    this.#checks.delete(key);
    this.#done.delete(key);
    this.#printed += 1;
  }

  async #add(json: string | Uint8Array): Promise<void> {
    this.#piece.append(typeof json === 'string' ? Buffer.from(json) : json);
    if (this.#piece.length >= PIECE) await this.#flush();
  }

  async #flush(): Promise<void> {
    const bytes = this.#piece.view();
    const text = this.#terminalDecoder?.write(bytes);
    await this.#printer.write('stdout', text === undefined ? bytes : visibleJson(text));
    this.#piece.clear();
  }

  #checksOf(machine: ListedVm): Record<StreamName, Utf8Check> {
    const key = machineKey(machine);
    let checks = this.#checks.get(key);
    if (checks === undefined) this.#checks.set(key, (checks = { stdout: new Utf8Check(), stderr: new Utf8Check() }));
    return checks;
  }
}

const BEGINNING = '{\n  "schemaVersion": 1,\n  "machines": [';
