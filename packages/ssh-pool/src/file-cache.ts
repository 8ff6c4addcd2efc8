import { type BigIntStats, readFileSync, statSync } from 'node:fs';
import { type FileIdentity, isRacy, sameIdentity } from '@azfleet/durable-file';
import { systemCode } from './errors.ts';

interface Cached<T> {
  identity: FileIdentity;
  value: T;
}

/** Files in their parsed form, read again whenever they have changed. */
export class FileCache<T> {
  readonly #parse: (text: string, path: string, stats: BigIntStats) => T;
  readonly #entries = new Map<string, Cached<T>>();

  constructor(parse: (text: string, path: string, stats: BigIntStats) => T) {
    this.#parse = parse;
  }

  /**
   * What the file says; undefined when there is no such file.
   *
   * @throws what reading or parsing it throws
   */
  read(path: string): T | undefined {
    const stats = statsOf(path);
    if (stats === undefined) {
      this.#entries.delete(path);
      return undefined;
    }
    const cached = this.#entries.get(path);
    if (cached !== undefined && sameIdentity(cached.identity, stats)) return cached.value;
    const lookedAtMs = Date.now();
    const value = this.#parse(readFileSync(path, 'utf8'), path, stats);
    if (isRacy(stats, lookedAtMs)) this.#entries.delete(path);
    else this.#entries.set(path, { identity: stats, value });
    return value;
  }
}

/** Undefined when there is no such file, nor could there be one. */
function statsOf(path: string): BigIntStats | undefined {
  try {
    return statSync(path, { bigint: true, throwIfNoEntry: false });
  } catch (error) {
    if (systemCode(error) === 'ENOTDIR') return undefined;
    throw error;
  }
}
