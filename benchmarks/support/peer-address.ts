import type { SuiteContext } from '@azfleet/bench';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Where a child process can import a peer from, as `context.peer` finds it; `undefined` where it is not installed. */
export async function peerAddress(context: SuiteContext, name: string): Promise<string | undefined> {
  if ((await context.peer(name)) === undefined) return undefined;
  for (const parent of [import.meta.filename, join(process.cwd(), 'package.json')]) {
    try {
      return import.meta.resolve(name, pathToFileURL(parent).href);
    } catch {
      // Not installed here.
    }
  }
  return undefined;
}
