import { lutimesSync, statSync } from 'node:fs';
import {
  DurableFileError,
  createPrivateDirectorySync,
  readCheckedBytesSync,
  tryLock,
  writeAtomicSync,
} from '@azfleet/durable-file';
import type { Clock } from './clock.ts';
import { formatEntry, parseEntry } from './entry-format.ts';
import { FileSweeper, nothingSwept } from './file-sweeper.ts';
import { bumpGeneration, readGeneration, untrusted } from './generation-file.ts';
import {
  entrySuffix,
  formatDirectory,
  generationPath,
  keyPath,
  knownNamespaces,
  namespaceDirectory,
} from './layout.ts';
import { entriesSize, removeEntries, removeFile } from './namespace-files.ts';
import type { LeaseAttempt, NamespaceId, Size, Store, StoreProblem, StoredEntry, Sweep } from './store.ts';

export interface FileStoreOptions {
  /** Where the files are. It is created with mode 0700 when something is first kept. */
  directory: string;
  /** About the most that all entries take on the disk. */
  maxBytes: number;
  clock: Clock;
}

/** An entry's time of last use is written no more often than this. */
const touchEveryMs = 10 * 60_000;

/** A process that asks the origin and shows no sign of life for so long has crashed; another one asks then. */
const leaseStaleMs = 10_000;

/**
 * A {@link Store} of one file an entry. Reading and writing block: on a local disk an entry is read in some 10 µs and
 * written in 200, and to hand that to the thread pool and back costs several times as much as the work itself.
 */
export class FileStore implements Store {
  readonly #directory: string;
  readonly #root: string;
  readonly #maxBytes: number;
  readonly #clock: Clock;
  readonly #sweeper: FileSweeper;
  readonly #directories = new Map<string, string>();
  /** Namespaces whose invalidation failed in every way; to this process they are empty. */
  readonly #distrusted = new Set<string>();
  #observer: (problem: StoreProblem) => void = () => undefined;
  #ownsDirectory: boolean | undefined;

  constructor(options: FileStoreOptions) {
    this.#directory = options.directory;
    this.#root = formatDirectory(options.directory);
    this.#maxBytes = options.maxBytes;
    this.#clock = options.clock;
    this.#sweeper = new FileSweeper(this.#root, options.maxBytes, options.clock);
  }

  observe(observer: (problem: StoreProblem) => void): void {
    this.#observer = observer;
  }

  readSync(namespace: NamespaceId, key: string): StoredEntry | undefined {
    const path = this.#entryPath(namespace, key);
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

  async read(namespace: NamespaceId, key: string): Promise<StoredEntry | undefined> {
    return this.readSync(namespace, key);
  }

  async writeIfGeneration(namespace: NamespaceId, entry: StoredEntry): Promise<boolean> {
    if (entry.generation < 0 || entry.generation !== this.generationSync(namespace)) return false;
    const path = this.#entryPath(namespace, entry.key);
    try {
      if (!this.#mayWrite()) return false;
      const { text, bytes } = formatEntry(entry);
      if (bytes > this.#maxBytes)
        throw new Error(`${bytes} bytes are more than the ${this.#maxBytes} of the whole cache`);
      this.#write(path, this.#directoryOf(namespace), text);
      await this.#sweeper.wrote(bytes);
      return true;
    } catch (cause) {
      this.#observer({ code: 'not-kept', message: `An answer could not be cached. ${reasonOf(cause)}`, path, cause });
      return false;
    }
  }

  async delete(namespace: NamespaceId, key: string): Promise<void> {
    removeFile(this.#entryPath(namespace, key));
  }

  generationSync(namespace: NamespaceId): number {
    if (this.#distrusted.has(namespace.name)) return untrusted;
    const path = generationPath(this.#directoryOf(namespace));
    const generation = readGeneration(path);
    if (generation === untrusted) {
      const message = `Nothing is cached for ${namespace.name}: ${path} is not a file of your own; remove it`;
      this.#observer({ code: 'untrusted-entry', message, path });
    }
    return generation;
  }

  registerSync(namespace: NamespaceId): void {
    try {
      if (this.#mayWrite()) createPrivateDirectorySync(this.#directoryOf(namespace));
    } catch {
      // Then nothing can be kept either, and that is reported when it is tried.
    }
  }

  async known(): Promise<NamespaceId[]> {
    return [...knownNamespaces(this.#root)];
  }

  /** If the generation cannot be moved (a full disk), the entries are removed, which needs no space. */
  async bump(namespace: NamespaceId): Promise<void> {
    if (!this.#mayWrite()) return;
    const directory = this.#directoryOf(namespace);
    try {
      bumpGeneration(generationPath(directory));
    } catch (cause) {
      removeEntries(directory);
      if (entriesSize(directory).entries === 0) return;
      this.#distrusted.add(namespace.name);
      const message = `The cache could not be told that ${namespace.name} has changed. ${reasonOf(cause)}`;
      this.#observer({ code: 'not-invalidated', message, path: directory, cause });
    }
  }

  async lease(namespace: NamespaceId, key: string): Promise<LeaseAttempt> {
    if (!this.#mayWrite()) return { status: 'unavailable', cause: undefined };
    const path = keyPath(this.#directoryOf(namespace), key);
    const attempt = tryLock(path, { clock: this.#clock, staleMs: leaseStaleMs, forget: true });
    if (!attempt.ok) {
      if (attempt.reason === 'held') return { status: 'held', token: attempt.token };
      return { status: 'unavailable', cause: attempt.cause };
    }
    const { lock } = attempt;
    return { status: 'taken', lease: { isHeld: () => lock.isHeld(), release: async () => lock.release() } };
  }

  async size(namespace: NamespaceId): Promise<Size> {
    return entriesSize(this.#directoryOf(namespace));
  }

  async clear(namespace: NamespaceId): Promise<Size> {
    await this.bump(namespace);
    return removeEntries(this.#directoryOf(namespace));
  }

  async sweep(): Promise<Sweep> {
    return this.#mayWrite() ? this.#sweeper.sweep() : nothingSwept;
  }

  close(): Promise<void> {
    return this.#sweeper.close();
  }

  #directoryOf(namespace: NamespaceId): string {
    let directory = this.#directories.get(namespace.name);
    if (directory === undefined) {
      directory = namespaceDirectory(this.#root, namespace);
      this.#directories.set(namespace.name, directory);
    }
    return directory;
  }

  #entryPath(namespace: NamespaceId, key: string): string {
    return keyPath(this.#directoryOf(namespace), key) + entrySuffix;
  }

  #write(path: string, directory: string, text: string): void {
    const options = { fsync: false, modifiedAtMs: this.#clock.now() };
    try {
      writeAtomicSync(path, text, options);
    } catch (error) {
      if (!(error instanceof DurableFileError) || error.code !== 'ERR_NO_DIRECTORY') throw error;
      createPrivateDirectorySync(directory);
      writeAtomicSync(path, text, options);
    }
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

  /**
   * A directory of somebody else's is left alone: under sudo, root would leave files in it that its owner could neither
   * read nor replace.
   */
  #mayWrite(): boolean {
    if (this.#ownsDirectory === undefined) {
      this.#ownsDirectory = !isForeign(this.#directory);
      if (!this.#ownsDirectory) {
        const message = `Nothing is cached: ${this.#directory} belongs to another user; choose another directory`;
        this.#observer({ code: 'not-kept', message, path: this.#directory });
      }
    }
    return this.#ownsDirectory;
  }
}

function isForeign(directory: string): boolean {
  const uid = process.geteuid?.();
  try {
    const stats = statSync(directory, { throwIfNoEntry: false });
    return stats !== undefined && uid !== undefined && stats.uid !== uid;
  } catch {
    // What the matter is shows when something is written.
    return false;
  }
}

function reasonOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
