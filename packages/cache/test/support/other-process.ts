import { runChild } from './child.ts';

/** Lets a fresh process do something to the cache in `directory`, and returns what it found. */
export async function otherProcess(
  directory: string,
  action: 'get' | 'set' | 'invalidate',
  argument: string,
): Promise<unknown> {
  return JSON.parse(await runChild('once.mjs', directory, action, argument)) as unknown;
}
