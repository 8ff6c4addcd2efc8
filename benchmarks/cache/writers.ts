import { type Measured, type MissingSide, type OpenComparison, runProcess, type SuiteContext } from '@azfleet/bench';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { cleanEnvironment } from '../support/environment.ts';
import { together } from '../support/together.ts';
import { freshFolder } from './filled.ts';
import type { StoreKind, Stores } from './stores.ts';

const WRITERS = 4;
const EACH = 200;
const ENTRIES = WRITERS * EACH;
const flags = ['--disable-warning=ExperimentalWarning'];

/** Four processes that write at once, from the start of the first to the end of the last; and nothing may be lost. */
export async function writers(context: SuiteContext, stores: Stores): Promise<OpenComparison> {
  const sides = [];
  for (const store of stores) {
    if ('missing' in store) sides.push(store);
    else sides.push((await whatItLoses(context, store)) ?? { name: store.name, whole: () => write(context, store) });
  }
  return { name: `writers-${WRITERS}`, against: 'plain', sides, rounds: 8 };
}

/** A store that loses entries does something else than the others: it is named as missing, and why. */
async function whatItLoses(context: SuiteContext, store: StoreKind): Promise<MissingSide | undefined> {
  try {
    await write(context, store);
    return undefined;
  } catch (error) {
    if (store.name === 'azfleet' || !(error instanceof Lost)) throw error;
    return { name: store.name, missing: `not measured: ${error.message}` };
  }
}

class Lost extends Error {}

async function write(context: SuiteContext, store: StoreKind): Promise<Measured> {
  const directory = freshFolder(context, 'writers');
  const options = { env: cleanEnvironment(context.directory), signal: context.signal };
  const script = (name: string, ...args: (string | number)[]): Parameters<typeof runProcess> => {
    const own = [join(import.meta.dirname, name), store.name, directory, ENTRIES, ...args, ...store.addresses];
    return [process.execPath, [...flags, ...own.map(String)], options];
  };
  try {
    const started = performance.now();
    const all = await Promise.all(
      Array.from({ length: WRITERS }, (_, place) => runProcess(...script('write-some.mjs', place * EACH, EACH))),
    );
    const seconds = (performance.now() - started) / 1000;
    const { stdout } = await runProcess(...script('count-entries.mjs'));
    if (stdout !== String(ENTRIES)) {
      throw new Lost(`${WRITERS} writers at once lost ${ENTRIES - Number(stdout)} of ${ENTRIES} entries`);
    }
    return { ...together(all), seconds };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
