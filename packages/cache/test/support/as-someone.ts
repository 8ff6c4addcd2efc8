import { chownSync } from 'node:fs';

const nobody = 65_534;

export const isRoot = process.geteuid?.() === 0;

/** Runs with the rights of an ordinary user, since root may write everywhere. */
export async function withoutPrivileges<T>(work: () => T | Promise<T>): Promise<T> {
  if (!isRoot) return work();
  process.seteuid?.(nobody);
  try {
    return await work();
  } finally {
    process.seteuid?.(0);
  }
}

/** Gives a path to the user that {@link withoutPrivileges} runs as. */
export function giveAway(path: string): void {
  if (isRoot) chownSync(path, nobody, nobody);
}
