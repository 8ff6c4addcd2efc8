import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';

/** A file an entry, written beside and renamed: what there is to do without any store. */
export async function open({ directory }) {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  let writes = 0;
  const getSync = (key) => JSON.parse(readFileSync(`${directory}/${key}.json`, 'utf8'));
  return {
    getSync,
    get: async (key) => getSync(key),
    async set(key, value) {
      const path = `${directory}/${key}.json`;
      const temporary = `${path}.${process.pid}-${writes++}.tmp`;
      writeFileSync(temporary, JSON.stringify(value), { flag: 'wx', mode: 0o600 });
      renameSync(temporary, path);
    },
    close() {},
  };
}
