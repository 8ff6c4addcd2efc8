import { type BigIntStats, lstatSync } from 'node:fs';

/**
 * Which file, and which state of it. Inode numbers are reused and times are coarse (2,000 rewrites of one file gave 249
 * distinct `mtimeMs`), so it takes all five to notice that a file was changed.
 */
export interface FileIdentity {
  readonly dev: bigint;
  readonly ino: bigint;
  readonly size: bigint;
  readonly mtimeNs: bigint;
  readonly ctimeNs: bigint;
}

/** Two writes this close together may carry the same times. */
const racyMs = 50;

/** The identity of the file at `path` (of the link itself, if it is one); undefined when there is none. */
export function fileIdentitySync(path: string): FileIdentity | undefined {
  const stats = lstatSync(path, { bigint: true, throwIfNoEntry: false });
  return stats === undefined ? undefined : identityOf(stats);
}

/** @internal */
export function identityOf(stats: BigIntStats): FileIdentity {
  return { dev: stats.dev, ino: stats.ino, size: stats.size, mtimeNs: stats.mtimeNs, ctimeNs: stats.ctimeNs };
}

export function sameIdentity(a: FileIdentity, b: FileIdentity): boolean {
  return a.ino === b.ino && a.mtimeNs === b.mtimeNs && a.size === b.size && a.ctimeNs === b.ctimeNs && a.dev === b.dev;
}

/**
 * Whether the file changed so shortly before it was looked at (50 ms), or after, that a further change could leave its
 * identity as it is. What was derived from such a file must not be kept under that identity. The idea is git's
 * ("racy git", Documentation/technical/racy-git.txt).
 *
 * @param lookedAtMs When the identity was taken, in milliseconds since the epoch.
 */
export function isRacy(identity: FileIdentity, lookedAtMs: number): boolean {
  const changedNs = identity.mtimeNs > identity.ctimeNs ? identity.mtimeNs : identity.ctimeNs;
  return lookedAtMs - Number(changedNs / 1_000_000n) < racyMs;
}
