import { join } from 'node:path';
import { isTemporaryName, tryLock } from '@azfleet/durable-file';
import type { Clock } from './clock.ts';
import { freshnessOf } from './freshness.ts';
import { readGeneration } from './generation-file.ts';
import { generationPath, knownNamespaces, list, lockSuffix, namespaceDirectory } from './layout.ts';
import { type EntryFile, entryFile, lstat, removeFile } from './namespace-files.ts';
import { readHeader } from './read-header.ts';
import type { Sweep } from './store.ts';
import { WriteLedger } from './write-ledger.ts';

/** A sweep that finds the cache fuller than this brings it down to it. */
const evictDownTo = 0.75;
/** No write takes so long: the temporary file was left by a crash. */
const orphanedAfterMs = 3_600_000;
const filesBetweenBreaths = 64;

export const nothingSwept: Sweep = { expired: 0, evicted: 0, orphans: 0, bytes: 0 };

/** Keeps a {@link FileStore} within its bound: expired entries go first, then those that were used longest ago. */
export class FileSweeper {
  readonly #root: string;
  readonly #maxBytes: number;
  readonly #clock: Clock;
  readonly #ledger: WriteLedger;
  #running: Promise<Sweep> | undefined;

  constructor(root: string, maxBytes: number, clock: Clock) {
    this.#root = root;
    this.#maxBytes = maxBytes;
    this.#clock = clock;
    this.#ledger = new WriteLedger(root, maxBytes, clock);
  }

  /**
   * Counts a file that was written, and sweeps in the background when it is time. If it is time again while a sweep
   * still runs, its end is worth waiting for: a loop of nothing but writes never lets it go on.
   */
  async wrote(size: number): Promise<void> {
    const isDayOver = this.#ledger.isDayOver();
    if (!this.#ledger.isFullAfter(size) && !isDayOver) return;
    const behind = this.#running !== undefined;
    const sweep = this.#start(isDayOver).catch(() => undefined);
    if (behind) await sweep;
  }

  /** Looks at everything, and removes what is expired even if there is room. */
  async sweep(): Promise<Sweep> {
    await this.#running;
    return this.#start(true);
  }

  async close(): Promise<void> {
    await this.#running;
  }

  #start(thorough: boolean): Promise<Sweep> {
    this.#running ??= this.#sweep(thorough).finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  async #sweep(thorough: boolean): Promise<Sweep> {
    const sweep = { ...nothingSwept };
    if (lstat(this.#root) === undefined) return sweep;
    const attempt = tryLock(join(this.#root, '.sweep'), { clock: this.#clock, forget: true });
    if (!attempt.ok && attempt.reason === 'held') return sweep;
    try {
      this.#ledger.startAgain();
      const target = this.#maxBytes * evictDownTo;
      let files = await this.#survey(sweep);
      // Sizes will do while there is room; to know which entries are dead, every one must be opened.
      const readHeaders = thorough || sweep.bytes > target;
      if (readHeaders) files = await this.#removeDead(files, sweep);
      if (sweep.bytes > target) await this.#evict(files, target, sweep);
      this.#ledger.note(sweep.bytes, readHeaders);
      return sweep;
    } finally {
      if (attempt.ok) attempt.lock.release();
    }
  }

  /** Every entry there is; orphans go on the way. */
  async #survey(sweep: Counts): Promise<SurveyedFile[]> {
    const files: SurveyedFile[] = [];
    for (const namespace of knownNamespaces(this.#root)) {
      const directory = namespaceDirectory(this.#root, namespace);
      const generation = readGeneration(generationPath(directory));
      const pause = breather();
      for (const { name } of list(directory)) {
        await pause();
        const file = entryFile(directory, name);
        if (file === undefined) {
          sweep.orphans += Number(this.#removeOrphan(join(directory, name), name));
        } else {
          files.push({ ...file, generation });
          sweep.bytes += file.bytes;
        }
      }
    }
    return files;
  }

  /** What is past all grace periods, of a former generation, or damaged; returns the others. */
  async #removeDead(files: readonly SurveyedFile[], sweep: Counts): Promise<SurveyedFile[]> {
    const living: SurveyedFile[] = [];
    const pause = breather();
    for (const file of files) {
      await pause();
      if (!this.#isDead(file)) {
        living.push(file);
      } else if (removeUnchanged(file)) {
        sweep.expired += 1;
        sweep.bytes -= file.bytes;
      }
    }
    return living;
  }

  async #evict(files: readonly SurveyedFile[], target: number, sweep: Counts): Promise<void> {
    const pause = breather();
    for (const file of files.toSorted((a, b) => a.stats.mtimeMs - b.stats.mtimeMs)) {
      if (sweep.bytes <= target) return;
      await pause();
      if (!removeUnchanged(file)) continue;
      sweep.bytes -= file.bytes;
      sweep.evicted += 1;
    }
  }

  #isDead(file: SurveyedFile): boolean {
    const header = readHeader(file);
    return (
      header === undefined ||
      header.generation !== file.generation ||
      freshnessOf(header.fetchedAt, this.#clock.now(), header.policy) === 'expired'
    );
  }

  #removeOrphan(path: string, name: string): boolean {
    if (isTemporaryName(name)) {
      const stats = lstat(path);
      const young = stats !== undefined && Math.abs(this.#clock.now() - stats.mtimeMs) < orphanedAfterMs;
      return !young && removeFile(path);
    }
    if (!name.endsWith(lockSuffix)) return false;
    // Only a dead owner's can be taken; giving it back leaves nothing.
    const attempt = tryLock(path.slice(0, -lockSuffix.length), { clock: this.#clock, forget: true });
    if (attempt.ok) attempt.lock.release();
    return attempt.ok;
  }
}

type Counts = { -readonly [Name in keyof Sweep]: Sweep[Name] };

interface SurveyedFile extends EntryFile {
  /** The present one of its namespace. */
  readonly generation: number;
}

/** Not if it was replaced since it was looked at. */
function removeUnchanged(file: EntryFile): boolean {
  const now = lstat(file.path);
  const changed = now?.ino !== file.stats.ino || now.ctimeMs !== file.stats.ctimeMs;
  return !changed && removeFile(file.path);
}

/** Lets other work go on between the files: awaited at each of them, it pauses now and then. */
function breather(): () => Promise<void> | undefined {
  let count = 0;
  return () => {
    count += 1;
    return count % filesBetweenBreaths === 0 ? new Promise((resolve) => setImmediate(resolve)) : undefined;
  };
}
