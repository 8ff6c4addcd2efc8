// Prints how many of the entries are there: `count-entries.mjs STORE DIRECTORY ENTRIES ADDRESS…`
import { checked, keyOf } from './entries.mjs';

const [store, directory, entries, ...addresses] = process.argv.slice(2);
const { open } = await import(`./stores/${store}.mjs`);
const { get, close } = await open({ directory, entries: Number(entries), addresses });
let count = 0;
for (let index = 0; index < Number(entries); index += 1) {
  try {
    checked(await get(keyOf(index)));
    count += 1;
  } catch {
    // It is lost.
  }
}
await close();
process.stdout.write(String(count));
