import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { versionOf } from './versions.ts';

/**
 * Loads an npm package from where the suite stands, or else from the working directory; `undefined` where it is not
 * installed in either. Its version is noted in `versions`.
 */
export async function loadPeer(name: string, suite: string, versions: Map<string, string>): Promise<unknown> {
  for (const parent of [suite, join(process.cwd(), 'package.json')]) {
    const url = addressOf(name, parent);
    if (url === undefined) continue;
    const version = versionOf(name, parent);
    if (version !== undefined) versions.set(name, version);
    return await import(url);
  }
  return undefined;
}

function addressOf(name: string, parent: string): string | undefined {
  try {
    // The second argument needs --experimental-import-meta-resolve, with which the runner starts this process.
    return import.meta.resolve(name, pathToFileURL(parent).href);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_MODULE_NOT_FOUND') return undefined;
    throw error;
  }
}
