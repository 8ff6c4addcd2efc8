import { join } from 'node:path';
import { type Clock, sleep, systemClock } from './clock.ts';
import { lockTaken } from './events.ts';
import { FileLock } from './file-lock.ts';
import {
  type LockNumber,
  createLockDirectory,
  createNumber,
  listNumbers,
  removeDirectory,
  removeFile,
} from './lock-numbers.ts';
import { isAlive, newOwner } from './lock-owner.ts';
import { isNetworkFileSystem } from './network-file-system.ts';

export interface LockOptions {
  /** @default the machine's own */
  clock?: Clock;
  /**
   * An owner whose heartbeat is older has crashed. It beats three times as often.
   * @default 10000
   */
  staleMs?: number;
  /**
   * Leave nothing on the disk when the lock is released. The fencing tokens then start again at 1.
   * @default false
   */
  forget?: boolean;
}

export interface LockWaitOptions extends LockOptions {
  /** Give up after this time. Default: wait for as long as it takes. */
  timeoutMs?: number;
  signal?: AbortSignal;
}

export interface Locked {
  readonly ok: true;
  readonly lock: FileLock;
}
export interface NotLocked {
  readonly ok: false;
  /**
   * held: somebody else has it. unavailable: there can be no lock here (a read-only directory, a full disk, a network
   * file system); go on without one if a lost race does no harm. timeout: waited for `timeoutMs` in vain.
   */
  readonly reason: 'held' | 'unavailable' | 'timeout';
  /** The present owner's number; it changes with the owner. */
  readonly token?: number;
  readonly cause?: unknown;
}

const firstPollMs = 5;
const longestPollMs = 100;

/**
 * Takes the lock of `path` if it is free or its owner has crashed. The lock is a directory, `<path>.lock`, with a file
 * for each owner, numbered upwards. To own it is to have created the highest number exclusively, and to have seen
 * afterwards that no other owner is alive. Since each contender creates before it looks, of two at least one sees the
 * other: there are never two owners, and taking over needs no file to be removed or replaced first, which is where
 * other schemes let two in.
 */
export function tryLock(path: string, options: LockOptions = {}): Locked | NotLocked {
  const settings = {
    clock: options.clock ?? systemClock,
    staleMs: options.staleMs ?? 10_000,
    forget: options.forget ?? false,
  };
  const directory = `${path}.lock`;
  try {
    const numbers = listNumbers(directory);
    if (numbers === undefined) createLockDirectory(directory);
    if (isNetworkFileSystem(directory)) {
      removeDirectory(directory);
      return { ok: false, reason: 'unavailable', cause: new Error(`${directory} would be on a network file system`) };
    }
    return claim(directory, numbers ?? [], settings);
  } catch (cause) {
    return { ok: false, reason: 'unavailable', cause };
  }
}

/**
 * {@link tryLock}, waiting while somebody else has the lock: it looks again after 5 ms, then less often, at most every
 * 100 ms, at random moments, so that those who wait do not look all at once.
 *
 * @throws the signal's reason, when it is aborted.
 */
export async function lock(path: string, options: LockWaitOptions = {}): Promise<Locked | NotLocked> {
  const clock = options.clock ?? systemClock;
  const deadlineMs = clock.now() + (options.timeoutMs ?? Infinity);
  for (let pollMs = firstPollMs; ; pollMs = Math.min(pollMs * 1.5, longestPollMs)) {
    options.signal?.throwIfAborted();
    const attempt = tryLock(path, options);
    if (attempt.ok || attempt.reason !== 'held') return attempt;
    const leftMs = deadlineMs - clock.now();
    if (leftMs <= 0) return { ...attempt, reason: 'timeout' };
    await sleep(clock, Math.min(pollMs * (0.5 + Math.random()), leftMs), options.signal);
  }
}

type Settings = Required<LockOptions>;

function claim(directory: string, numbers: readonly LockNumber[], settings: Settings): Locked | NotLocked {
  const now = settings.clock.now();
  const owner = livingOwner(numbers, now, settings.staleMs);
  if (owner !== undefined) return { ok: false, reason: 'held', token: owner.number };

  const token = (numbers.at(-1)?.number ?? 0) + 1;
  const ownPath = join(directory, String(token));
  const self = newOwner();
  if (!createNumber(ownPath, self, now)) return { ok: false, reason: 'held', token };

  const others = othersBesides(ownPath, directory);
  // The same number, given back: somebody had the whole turn since the first look.
  const rival = others.findLast((other) => other.number >= token) ?? livingOwner(others, now, settings.staleMs);
  if (rival !== undefined) {
    removeFile(ownPath);
    return { ok: false, reason: 'held', token: rival.number };
  }
  for (const old of others) removeFile(old.path);
  if (lockTaken.hasSubscribers) {
    lockTaken.publish({ path: directory, token, tookOver: others.some((other) => !other.free) });
  }
  return { ok: true, lock: new FileLock(directory, token, self.id, settings) };
}

/** Who else has a number. Where that cannot be read (no file descriptor is left), ours must not stay behind as an owner's. */
function othersBesides(ownPath: string, directory: string): LockNumber[] {
  try {
    return (listNumbers(directory) ?? []).filter((other) => other.path !== ownPath);
  } catch (error) {
    removeFile(ownPath);
    throw error;
  }
}

function livingOwner(numbers: readonly LockNumber[], nowMs: number, staleMs: number): LockNumber | undefined {
  return numbers.findLast((entry) => !entry.free && isAlive(entry.path, nowMs, staleMs));
}
