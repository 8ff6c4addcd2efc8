import { constants, promises } from 'node:fs';
import { dirname } from 'node:path';
import { createPrivateDirectory, lock } from '@azfleet/durable-file';
import { systemCode } from '../errors.ts';
import type { HostKey } from './host-key.ts';
import { parseKnownHostsLine } from './known-hosts-line.ts';

export interface Addition {
  readonly file: string;
  /** The alias, or the name or address with its port. */
  readonly name: string;
  readonly hostKey: HostKey;
}

export type AddOutcome =
  | { readonly kind: 'added' | 'present' }
  /** Somebody else added another key for that name a moment ago. */
  | { readonly kind: 'conflict'; readonly type: string; readonly key: string; readonly line: number }
  | { readonly kind: 'failed'; readonly cause: unknown };

interface Pending {
  readonly addition: Addition;
  readonly done: (outcome: AddOutcome) => void;
}

// Others hold the lock for the few milliseconds that reading and appending take.
const lockTimeoutMs = 10_000;

/**
 * Adds keys to known_hosts files. Each file is appended to by one process at a time, and only after it was read again
 * under the lock: two keys for one name are never both accepted. What fifty hand-shakes add at once is one append.
 */
export class HostKeyStore {
  readonly #pending = new Map<string, Pending[]>();
  readonly #unsaved = new Map<string, HostKey>();

  add(addition: Addition): Promise<AddOutcome> {
    return new Promise((done) => {
      const waiting = this.#pending.get(addition.file);
      if (waiting !== undefined) {
        waiting.push({ addition, done });
        return;
      }
      this.#pending.set(addition.file, [{ addition, done }]);
      void this.#appendAll(addition.file);
    });
  }

  /** The key that was accepted for a name and could not be saved: it holds for as long as this process. */
  unsavedKey(file: string, name: string): HostKey | undefined {
    return this.#unsaved.get(`${file}\n${name}`);
  }

  async #appendAll(file: string): Promise<void> {
    while ((this.#pending.get(file) ?? []).length > 0) {
      const attempt = await prepare(file);
      // Those that came while we waited for the lock go along.
      const batch = this.#pending.get(file) ?? [];
      this.#pending.set(file, []);
      const outcomes = attempt.ok
        ? await append(file, batch)
        : batch.map(() => ({ kind: 'failed' as const, cause: attempt.cause }));
      if (attempt.ok) attempt.release();
      for (const [index, { addition, done }] of batch.entries()) {
        const outcome = outcomes[index] ?? { kind: 'failed', cause: undefined };
        if (outcome.kind === 'failed') this.#unsaved.set(`${file}\n${addition.name}`, addition.hostKey);
        done(outcome);
      }
    }
    this.#pending.delete(file);
  }
}

type Prepared = { ok: true; release: () => void } | { ok: false; cause: unknown };

async function prepare(file: string): Promise<Prepared> {
  try {
    await createPrivateDirectory(dirname(file));
    const attempt = await lock(file, { timeoutMs: lockTimeoutMs, forget: true });
    if (attempt.ok) return { ok: true, release: () => attempt.lock.release() };
    return { ok: false, cause: attempt.cause ?? new Error(`The lock of ${file} is ${attempt.reason}`) };
  } catch (cause) {
    return { ok: false, cause };
  }
}

async function append(file: string, batch: readonly Pending[]): Promise<AddOutcome[]> {
  try {
    const text = await readText(file);
    const known = knownByName(text);
    const lines: string[] = [];
    const outcomes = batch.map(({ addition: { name, hostKey } }): AddOutcome => {
      const existing = known.get(name.toLowerCase()) ?? [];
      if (existing.some(({ key }) => key === hostKey.key)) return { kind: 'present' };
      const [other] = existing;
      if (other !== undefined) return { kind: 'conflict', ...other };
      lines.push(`${name} ${hostKey.type} ${hostKey.key}\n`);
      known.set(name.toLowerCase(), [{ type: hostKey.type, key: hostKey.key, line: 0 }]);
      return { kind: 'added' };
    });
    if (lines.length > 0) await appendText(file, `${text === '' || text.endsWith('\n') ? '' : '\n'}${lines.join('')}`);
    return outcomes;
  } catch (cause) {
    return batch.map(() => ({ kind: 'failed', cause }));
  }
}

async function readText(file: string): Promise<string> {
  try {
    return await promises.readFile(file, 'utf8');
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return '';
    throw error;
  }
}

async function appendText(file: string, text: string): Promise<void> {
  const handle = await promises.open(file, constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT, 0o600);
  try {
    await handle.writeFile(text);
  } finally {
    await handle.close();
  }
}

interface KnownLine {
  readonly type: string;
  readonly key: string;
  readonly line: number;
}

function knownByName(text: string): Map<string, KnownLine[]> {
  const known = new Map<string, KnownLine[]>();
  for (const [index, raw] of text.split('\n').entries()) {
    const line = parseKnownHostsLine(raw, index + 1);
    if (line === undefined || line.marker !== undefined || line.names.kind !== 'plain') continue;
    const entry = { type: line.type, key: line.key, line: line.line };
    for (const name of line.names.names) known.set(name, [...(known.get(name) ?? []), entry]);
  }
  return known;
}
