import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import type { SuiteContext } from '@azfleet/bench';
import { openStore, type Store, type Stores } from './stores.ts';

interface Entries {
  readonly value: unknown;
  readonly keyOf: (index: number) => string;
  readonly checked: (read: unknown) => unknown;
}

// What the child processes use too, which run no TypeScript.
export const { value, keyOf, checked } = (await import(new URL('entries.mjs', import.meta.url).href)) as Entries;

/** Stores that have so many entries. */
export interface Filled {
  readonly directory: string;
  readonly entries: number;
  readonly stores: Stores;
}

/** Reading or writing one entry is reading or writing all of them. */
const MOST_IN_ONE_FILE = 1000;
const AT_ONCE = 50;

/** Fills the stores when they are first wanted. */
export function whenFilled(
  { directory, signal }: SuiteContext,
  stores: Stores,
  entries: number,
): () => Promise<Filled> {
  let filled: Promise<Filled> | undefined;
  return () => (filled ??= fill());

  async function fill(): Promise<Filled> {
    const fitting = stores.map((store) =>
      store.name === 'flat-cache' && entries > MOST_IN_ONE_FILE
        ? { name: store.name, missing: `not measured: one file of ${entries / 100} MB` }
        : store,
    );
    const place = mkdtempSync(join(directory, `${entries}-entries-`));
    for (const kind of fitting) {
      if ('missing' in kind) continue;
      const store = await openStore(place, kind, entries);
      await fillStore(store, entries, signal);
      await store.close();
    }
    return { directory: place, entries, stores: fitting };
  }
}

async function fillStore(store: Store, entries: number, signal: AbortSignal): Promise<void> {
  for (let first = 0; first < entries; first += AT_ONCE) {
    signal.throwIfAborted();
    const indices = Array.from({ length: Math.min(AT_ONCE, entries - first) }, (_, place) => first + place);
    await Promise.all(indices.map((index) => store.set(keyOf(index), value)));
  }
}

/** Keys in an order that has nothing to do with that of the files; the same for all sides. */
export function keys(entries: number): () => string {
  let step = 0;
  return () => keyOf((step++ * 7919) % entries);
}

/** A folder that no other repetition uses. */
export function freshFolder({ directory }: SuiteContext, name: string): string {
  return mkdtempSync(join(directory, `${name}-`));
}
