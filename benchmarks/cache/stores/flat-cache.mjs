/** All entries are one file: it is written after each `set`, so that the entry is kept, as with the others. */
export async function open({ directory, addresses: [address] }) {
  const { create } = await import(address);
  const cache = create({ cacheId: 'entries', cacheDir: directory });
  return {
    get: (key) => cache.getKey(key),
    set(key, value) {
      cache.setKey(key, value);
      cache.save();
    },
    close() {},
  };
}
