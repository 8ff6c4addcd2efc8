// A process of its own reads one entry: `fresh-get.mjs STORE DIRECTORY ENTRIES KEY ADDRESS…`
import { checked } from './entries.mjs';

const [store, directory, entries, key, ...addresses] = process.argv.slice(2);
const { open } = await import(`./stores/${store}.mjs`);
const { get, getSync = get, close } = await open({ directory, entries: Number(entries), addresses });
checked(await getSync(key));
await close();
