import { suite, type SuiteContext } from '@azfleet/bench';
import { freshGet, get, readSync, set, sustainedSet } from './cache/comparisons.ts';
import { whenFilled } from './cache/filled.ts';
import { findStores, type Stores } from './cache/stores.ts';
import { invalidate, sweep } from './cache/upkeep.ts';
import { writers } from './cache/writers.ts';

export default suite({
  about: 'reading and writing entries of 10 KB, 10 to 10,000 of them, beside plain files, node:sqlite and npm stores',
  async open(context) {
    const stores = await findStores(context);
    return {
      comparisons: [
        ...[10, 1000, 10_000].flatMap((entries) => withEntries(context, stores, entries)),
        () => invalidate(context),
        () => sweep(context),
        () => writers(context, stores),
      ],
    };
  },
});

function withEntries(context: SuiteContext, stores: Stores, entries: number) {
  const filled = whenFilled(context, stores, entries);
  return [
    async () => freshGet(context, await filled()),
    async () => get(await filled()),
    async () => readSync(await filled()),
    async () => set(await filled()),
    async () => sustainedSet(await filled()),
  ];
}
