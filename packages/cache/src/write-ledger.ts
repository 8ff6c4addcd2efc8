import { closeSync, constants, fstatSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { writeAtomicSync } from '@azfleet/durable-file';
import type { Clock } from './clock.ts';
import { lstat, onDisk } from './namespace-files.ts';

/*
 * How the size is bounded without knowing it: what is written is counted in parts of 1/256 of the bound, by all
 * processes together, as bytes of one file. An entry adds the parts it fills; of the last, it adds the whole or nothing,
 * with the probability of the part it fills, so that many small entries of many short processes are counted right on
 * average and most writes count nothing. When three quarters of the room that the last sweep found are written, it is
 * time to look again: the emptier the cache, the later.
 */
const partsOfBound = 256;
const roomToUse = 0.75;
/** While nobody knows how much there is, it is taken to be three quarters full. */
const cautiousParts = (partsOfBound / 4) * roomToUse;

const sweepAtLeastEveryMs = 24 * 3_600_000;

const appendFlags = constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | (constants.O_NOFOLLOW ?? 0);

/** Knows when it is time to sweep. A ledger that cannot be written says never; that is the daily sweep's to find. */
export class WriteLedger {
  /** Grows by a byte for each part that is written. */
  readonly #written: string;
  /** Says how many parts may be written until the next sweep; its time is that of the last thorough one. */
  readonly #swept: string;
  readonly #maxBytes: number;
  readonly #clock: Clock;
  #askedWhetherDue = false;

  constructor(root: string, maxBytes: number, clock: Clock) {
    this.#written = join(root, '.written');
    this.#swept = join(root, '.swept');
    this.#maxBytes = maxBytes;
    this.#clock = clock;
  }

  /** Whether a file of this size, now written, was the last until a sweep. */
  isFullAfter(size: number): boolean {
    const parts = Math.floor((onDisk(size) / this.#maxBytes) * partsOfBound + Math.random());
    return parts > 0 && this.#add(parts) >= this.#partsToWrite();
  }

  /** Whether the last thorough sweep is a day ago. Asked once by each process, and no afterwards. */
  isDayOver(): boolean {
    if (this.#askedWhetherDue) return false;
    this.#askedWhetherDue = true;
    const stats = lstat(this.#swept);
    if (stats === undefined) this.#write(this.#swept, String(cautiousParts));
    return stats !== undefined && this.#clock.now() - stats.mtimeMs > sweepAtLeastEveryMs;
  }

  /** A sweep begins: what is written from now on counts towards the next one. */
  startAgain(): void {
    this.#write(this.#written, '');
  }

  /** Notes what a sweep has left, and with that the time of the next one. */
  note(bytes: number, thorough: boolean): void {
    const room = Math.max(0, 1 - bytes / this.#maxBytes);
    const lastThorough = thorough ? undefined : lstat(this.#swept)?.mtimeMs;
    this.#write(this.#swept, String(Math.floor(room * partsOfBound * roomToUse)), lastThorough);
  }

  #write(path: string, text: string, modifiedAtMs = this.#clock.now()): void {
    try {
      writeAtomicSync(path, text, { fsync: false, modifiedAtMs });
    } catch {
      // A disk that takes no more; the next sweep tries again.
    }
  }

  /** How many parts were written since the last sweep. */
  #add(parts: number): number {
    try {
      const fd = openSync(this.#written, appendFlags, 0o600);
      try {
        writeSync(fd, '.'.repeat(parts));
        return fstatSync(fd).size;
      } finally {
        closeSync(fd);
      }
    } catch {
      return 0;
    }
  }

  #partsToWrite(): number {
    try {
      return Number(readFileSync(this.#swept, 'utf8')) || cautiousParts;
    } catch {
      return cautiousParts;
    }
  }
}
