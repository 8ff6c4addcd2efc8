// Keeps many entries: node set-many.mjs DIRECTORY WHO COUNT
import { Cache } from '../../dist/index.js';

const [directory, who, count] = process.argv.slice(2);
const cache = new Cache({ directory });
const namespace = cache.namespace({ kind: 'vm', scope: ['cloud'], policy: { freshMs: 3_600_000 } });
for (let number = 0; number < Number(count); number += 1) {
  const value = { who, number, filling: 'x'.repeat(10_000) };
  if (!(await namespace.set(`${who}-${number}`, value))) throw new Error(`${who}-${number} was not kept`);
}
await cache.close();
