// One of several writers: `write-some.mjs STORE DIRECTORY ENTRIES FROM COUNT ADDRESS…` writes COUNT of ENTRIES entries.
import { keyOf, value } from './entries.mjs';

const [store, directory, entries, from, count, ...addresses] = process.argv.slice(2);
const { open } = await import(`./stores/${store}.mjs`);
const { set, close } = await open({ directory, entries: Number(entries), addresses });
for (let index = 0; index < Number(count); index += 1) await set(keyOf(Number(from) + index), value);
await close();
