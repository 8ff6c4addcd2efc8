import { statSync } from 'node:fs';
import { DurableFileError, createPrivateDirectorySync, tryLock, writeAtomicSync } from '@azfleet/durable-file';
import type { Clock } from './clock.ts';
import { formatEntry } from './entry-format.ts';
import { EntryReader } from './entry-reader.ts';
import { FileSweeper, nothingSwept } from './file-sweeper.ts';
import { bumpGeneration, untrusted } from './generation-file.ts';
import { generationPath, keyPath, knownNamespaces } from './layout.ts';
import { entriesSize, removeEntries, removeFile } from './namespace-files.ts';
import type { LeaseAttempt, NamespaceId, Size, Store, StoreProblem, StoredEntry, Sweep } from './store.ts';

export interface FileStoreOptions {
  /** Where the files are. It is created with mode 0700 when something is first kept. */
  directory: string;
  /** About the most that all entries take on the disk. */
  maxBytes: number;
  clock: Clock;
}

/** A process that asks the origin and shows no sign of life for so long has crashed; another one asks then. */
const leaseStaleMs = 10_000;

/**
 * A {@link Store} of one file an entry. Reading and writing block: on a local disk an entry is read in some 10 µs and
 * written in 200, and to hand that to the thread pool and back costs several times as much as the work itself.
 */
export class FileStore implements Store {
  readonly #directory: string;
  readonly #reader: EntryReader;
  readonly #maxBytes: number;
  readonly #clock: Clock;
  readonly #sweeper: FileSweeper;
  /** Namespaces whose invalidation failed in every way; to this process they are empty. */
  readonly #distrusted = new Set<string>();
  #observer: (problem: StoreProblem) => void = () => undefined;
  #ownsDirectory: boolean | undefined;

  constructor(options: FileStoreOptions) {
    this.#directory = options.directory;
    this.#reader = new EntryReader(options);
    this.#maxBytes = options.maxBytes;
    this.#clock = options.clock;
    this.#sweeper = new FileSweeper(this.#reader.root, options.maxBytes, options.clock);
  }

  observe(observer: (problem: StoreProblem) => void): void {
    this.#observer = observer;
    this.#reader.observe(observer);
  }

  readSync(namespace: NamespaceId, key: string): StoredEntry | undefined {
    return this.#reader.readSync(namespace, key);
  }

  async read(namespace: NamespaceId, key: string): Promise<StoredEntry | undefined> {
    return this.readSync(namespace, key);
  }

  async writeIfGeneration(namespace: NamespaceId, entry: StoredEntry): Promise<boolean> {
    if (entry.generation < 0 || entry.generation !== this.generationSync(namespace)) return false;
    const path = this.#reader.entryPath(namespace, entry.key);
    try {
      if (!this.#mayWrite()) return false;
      const { text, bytes } = formatEntry(entry);
      if (bytes > this.#maxBytes)
        throw new Error(`${bytes} bytes are more than the ${this.#maxBytes} of the whole cache`);
      this.#write(path, this.#reader.directoryOf(namespace), text);
      await this.#sweeper.wrote(bytes);
      return true;
    } catch (cause) {
      this.#observer({ code: 'not-kept', message: `An answer could not be cached. ${reasonOf(cause)}`, path, cause });
      return false;
    }
  }

  async delete(namespace: NamespaceId, key: string): Promise<void> {
    removeFile(this.#reader.entryPath(namespace, key));
  }

  generationSync(namespace: NamespaceId): number {
    if (this.#distrusted.has(namespace.name)) return untrusted;
    return this.#reader.generationSync(namespace);
  }

  registerSync(namespace: NamespaceId): void {
    try {
      if (this.#mayWrite()) createPrivateDirectorySync(this.#reader.directoryOf(namespace));
    } catch {
      // Then nothing can be kept either, and that is reported when it is tried.
    }
  }

  async known(): Promise<NamespaceId[]> {
    return [...knownNamespaces(this.#reader.root)];
  }

  /** If the generation cannot be moved (a full disk), the entries are removed, which needs no space. */
  async bump(namespace: NamespaceId): Promise<void> {
    if (!this.#mayWrite()) return;
    const directory = this.#reader.directoryOf(namespace);
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
    const path = keyPath(this.#reader.directoryOf(namespace), key);
    const attempt = tryLock(path, { clock: this.#clock, staleMs: leaseStaleMs, forget: true });
    if (!attempt.ok) {
      if (attempt.reason === 'held') return { status: 'held', token: attempt.token };
      return { status: 'unavailable', cause: attempt.cause };
    }
    const { lock } = attempt;
    return { status: 'taken', lease: { isHeld: () => lock.isHeld(), release: async () => lock.release() } };
  }

  async size(namespace: NamespaceId): Promise<Size> {
    return entriesSize(this.#reader.directoryOf(namespace));
  }

  async clear(namespace: NamespaceId): Promise<Size> {
    await this.bump(namespace);
    return removeEntries(this.#reader.directoryOf(namespace));
  }

  async sweep(): Promise<Sweep> {
    return this.#mayWrite() ? this.#sweeper.sweep() : nothingSwept;
  }

  close(): Promise<void> {
    return this.#sweeper.close();
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
