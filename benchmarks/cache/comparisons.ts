import { type OpenComparison, runProcess, type Side, type SuiteContext } from '@azfleet/bench';
import { join } from 'node:path';
import { cleanEnvironment } from '../support/environment.ts';
import { checked, type Filled, keyOf, keys, value } from './filled.ts';
import { openStore, type Store, type StoreKind, type Stores } from './stores.ts';

const plain = 'plain';

/** The whole process: its start, the store's code, one entry. */
export function freshGet(
  { directory: home, signal }: SuiteContext,
  { directory, entries, stores }: Filled,
): OpenComparison {
  const script = join(import.meta.dirname, 'fresh-get.mjs');
  const options = { env: cleanEnvironment(home), signal };
  const sides = stores.map((store): Side => {
    if ('missing' in store) return store;
    let turn = 0;
    return {
      name: store.name,
      whole() {
        const key = keyOf((turn++ * 7919) % entries);
        const args = [script, store.name, join(directory, store.name), String(entries), key, ...store.addresses];
        return runProcess(process.execPath, ['--disable-warning=ExperimentalWarning', ...args], options);
      },
    };
  });
  return { name: `fresh-get-${entries}`, against: plain, sides, rounds: 30 };
}

export function get(filled: Filled): Promise<OpenComparison> {
  return inThisProcess(filled, `get-${filled.entries}`, filled.stores, (store, key) => {
    return async () => checked(await store.get(key()));
  });
}

/** The way that blocks, of azfleet alone: what it costs above that of reading the file. */
export function readSync(filled: Filled): Promise<OpenComparison> {
  return inThisProcess(filled, `read-sync-${filled.entries}`, oursAndPlain(filled), (store, key) => {
    return () => checked(store.getSync!(key()));
  });
}

export function set(filled: Filled): Promise<OpenComparison> {
  return inThisProcess(filled, `set-${filled.entries}`, filled.stores, (store, key) => {
    return async () => store.set(key(), value);
  });
}

const SUSTAINED_SETS = 5000;

/** One write of many: what the cache does once in a while, its sweeps, is part of that. */
export async function sustainedSet(filled: Filled): Promise<OpenComparison> {
  const { directory, entries } = filled;
  const stores = await Promise.all(
    oursAndPlain(filled).map(async (kind) => ({ kind, store: await openStore(directory, kind, entries) })),
  );
  const sides = stores.map(({ kind: { name }, store }) => {
    const key = keys(entries);
    return {
      name,
      async whole() {
        const started = performance.now();
        for (let count = 0; count < SUSTAINED_SETS; count += 1) await store.set(key(), value);
        await store.close();
        return { seconds: (performance.now() - started) / 1000 / SUSTAINED_SETS };
      },
    };
  });
  return { name: `sustained-set-${entries}`, against: plain, sides, rounds: 6 };
}

async function inThisProcess(
  { directory, entries }: Filled,
  name: string,
  kinds: Stores,
  operationOf: (store: Store, key: () => string) => () => unknown,
): Promise<OpenComparison> {
  const opened: Store[] = [];
  const sides: Side[] = [];
  for (const kind of kinds) {
    if ('missing' in kind) {
      sides.push(kind);
      continue;
    }
    const store = await openStore(directory, kind, entries);
    opened.push(store);
    sides.push({ name: kind.name, operation: operationOf(store, keys(entries)) });
  }
  const close = async (): Promise<void> => {
    for (const store of opened) await store.close();
  };
  // To fill more entries than a few takes longer than to measure them.
  return { name, against: plain, sides, rounds: 30, close, ...(entries > 10 ? { launches: 1 } : {}) };
}

function oursAndPlain({ stores }: Filled): StoreKind[] {
  return stores.flatMap((store) => ('missing' in store || !['azfleet', plain].includes(store.name) ? [] : [store]));
}
