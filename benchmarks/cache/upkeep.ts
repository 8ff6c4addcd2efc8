import { Cache, type CacheNamespace } from '@azfleet/cache';
import type { OpenComparison, SuiteContext } from '@azfleet/bench';
import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { freshFolder, keyOf, value } from './filled.ts';

const MANY = 10_000;
const FEW = 10;

/** What must cost the same at any size. */
export async function invalidate(context: SuiteContext): Promise<OpenComparison> {
  const sides = await Promise.all(
    [MANY, FEW].map(async (entries) => {
      const { cache, namespace } = await filledCache(freshFolder(context, 'invalidate'), entries);
      return {
        name: `entries-${entries}`,
        async operation() {
          await cache.invalidate('bench:*');
          if (namespace.readSync(keyOf(0)) !== undefined) throw new Error('an invalidated entry was read');
        },
      };
    }),
  );
  return { name: 'invalidate', against: `entries-${FEW}`, sides, rounds: 40, launches: 1 };
}

/** What happens once a day: all files are looked through. Beside it the least that this takes. */
export async function sweep(context: SuiteContext): Promise<OpenComparison> {
  const folder = freshFolder(context, 'sweep');
  const { cache } = await filledCache(folder, MANY);
  const sides = [
    { name: 'azfleet', whole: () => timed(() => cache.sweep()) },
    { name: 'lstat', whole: () => timed(() => lookAtAll(folder)) },
  ];
  return { name: `sweep-${MANY}`, against: 'lstat', sides, rounds: 10 };
}

async function timed(work: () => unknown): Promise<{ seconds: number }> {
  const started = performance.now();
  await work();
  return { seconds: (performance.now() - started) / 1000 };
}

function lookAtAll(folder: string): void {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  if (files.length < MANY) throw new Error(`there are ${files.length} files, not ${MANY}`);
  for (const { parentPath, name } of files) lstatSync(join(parentPath, name));
}

async function filledCache(directory: string, entries: number): Promise<{ cache: Cache; namespace: CacheNamespace }> {
  const cache = new Cache({ directory, maxBytes: 64 * 1024 * 1024 + entries * 20_000 });
  const namespace = cache.namespace({ kind: 'bench', scope: ['cloud'], policy: { freshMs: 3_600_000 } });
  for (let index = 0; index < entries; index += 1) await namespace.set(keyOf(index), value);
  await cache.close();
  return { cache, namespace };
}
