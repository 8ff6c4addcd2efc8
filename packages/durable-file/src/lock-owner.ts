import { readFileSync, readlinkSync, statSync } from 'node:fs';

/** Who holds a lock, as far as its file says. */
export interface LockOwner {
  readonly pid: number;
  readonly host: string;
  /** Different for every lock ever taken: numbers start again where a lock is forgotten, and inodes are reused. */
  readonly id: string;
}

let host: string | undefined;
let locksTaken = 0;

/**
 * This machine, as far as process ids mean the same: its name, and on Linux the process id namespace, since containers
 * that share a directory may share their name.
 */
function thisHost(): string {
  if (host === undefined) {
    // Loaded here, not at the top: a program that takes no lock must not pay for it at its start.
    host = process.getBuiltinModule('node:os').hostname();
    try {
      host += ` ${readlinkSync('/proc/self/ns/pid')}`;
    } catch {
      // Not Linux.
    }
  }
  return host;
}

export function newOwner(): LockOwner {
  locksTaken += 1;
  return { pid: process.pid, host: thisHost(), id: `${process.pid}-${Date.now()}-${locksTaken}` };
}

/** Undefined for a file that has gone, or that its creator has not filled yet. */
export function readOwner(path: string): LockOwner | undefined {
  try {
    const owner = JSON.parse(readFileSync(path, 'utf8')) as Partial<LockOwner> | null;
    if (typeof owner?.pid === 'number' && typeof owner.host === 'string' && typeof owner.id === 'string') {
      return { pid: owner.pid, host: owner.host, id: owner.id };
    }
  } catch {
    // Judged by its heartbeat alone.
  }
  return undefined;
}

/**
 * Whether the owner of a lock file is still there: its process has not gone (asked on the same machine only) and its
 * heartbeat, the file's modification time, is not older than `staleMs`. The heartbeat settles what the process id
 * cannot: another machine, or an id that was given to a new process. A heartbeat as far in the future is no better.
 */
export function isAlive(path: string, nowMs: number, staleMs: number): boolean {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined || Math.abs(nowMs - stats.mtimeMs) > staleMs) return false;
  const owner = readOwner(path);
  return owner === undefined || owner.host !== thisHost() || processExists(owner.pid);
}

function processExists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}
