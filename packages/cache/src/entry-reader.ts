import { lutimesSync } from 'node:fs';
import { readCheckedBytesSync } from '@azfleet/durable-file';
import type { Clock } from './clock.ts';
import { parseEntry } from './entry-format.ts';
import { readGeneration, untrusted } from './generation-file.ts';
import { entrySuffix, formatDirectory, generationPath, keyPath, namespaceDirectory } from './layout.ts';
import type { NamespaceId, StoreProblem, StoredEntry } from './store.ts';

export interface EntryReaderOptions {
  directory: string;
  /** An entry that is larger than the whole cache may be is none. */
  maxBytes: number;
  clock: Clock;
}

/** An entry's time of last use is written no more often than this. */
const touchEveryMs = 10 * 60_000;

/** What a process needs that only reads: entries and generations, without all that keeps and removes them. */
export class EntryReader {
  readonly root: string;
  readonly #maxBytes: number;
  readonly #clock: Clock;
  readonly #directories = new Map<string, string>();
  #observer: (problem: StoreProblem) => void = () => undefined;

  constructor({ directory, maxBytes, clock }: EntryReaderOptions) {
    this.root = formatDirectory(directory);
    this.#maxBytes = maxBytes;
    this.#clock = clock;
  }

  observe(observer: (problem: StoreProblem) => void): void {
    this.#observer = observer;
  }

  readSync(namespace: NamespaceId, key: string): StoredEntry | undefined {
    const path = this.entryPath(namespace, key);
    const read = readCheckedBytesSync(path, { maxBytes: this.#maxBytes });
    if (!read.ok) {
      if (read.reason === 'missing') return undefined;
      const message = `A cache entry is not used (${read.reason}) and will be replaced: ${path}`;
      this.#observer({ code: 'untrusted-entry', message, path, cause: read.cause });
      return undefined;
    }
    const entry = parseEntry(read.bytes);
    if (entry === undefined) {
      const message = `A cache entry is damaged and will be replaced: ${path}`;
      this.#observer({ code: 'corrupt-entry', message, path });
      return undefined;
    }
    // Two long keys may share a file.
    if (entry.key !== key) return undefined;
    this.#touch(path, Number(read.identity.mtimeNs / 1_000_000n));
    return entry;
  }

  generationSync(namespace: NamespaceId): number {
    const path = generationPath(this.directoryOf(namespace));
    const generation = readGeneration(path);
    if (generation === untrusted) {
      const message = `Nothing is cached for ${namespace.name}: ${path} is not a file of your own; remove it`;
      this.#observer({ code: 'untrusted-entry', message, path });
    }
    return generation;
  }

  directoryOf(namespace: NamespaceId): string {
    let directory = this.#directories.get(namespace.name);
    if (directory === undefined) {
      directory = namespaceDirectory(this.root, namespace);
      this.#directories.set(namespace.name, directory);
    }
    return directory;
  }

  entryPath(namespace: NamespaceId, key: string): string {
    return keyPath(this.directoryOf(namespace), key) + entrySuffix;
  }

  #touch(path: string, usedAtMs: number): void {
    const now = this.#clock.now();
    if (Math.abs(now - usedAtMs) < touchEveryMs) return;
    try {
      lutimesSync(path, now / 1000, now / 1000);
    } catch {
      // It only goes a little earlier when space is short.
    }
  }
}
