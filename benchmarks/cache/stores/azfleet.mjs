/** Room for all entries, and less than as much again, so that sweeps are part of the work. */
export async function open({ directory, entries, addresses: [address] }) {
  const { Cache } = await import(address);
  const cache = new Cache({ directory, maxBytes: Math.max(64 * 1024 * 1024, entries * 20_000) });
  const namespace = cache.namespace({ kind: 'bench', scope: ['cloud'], policy: { freshMs: 3_600_000 } });
  return {
    cache,
    get: async (key) => (await namespace.get(key))?.value,
    getSync: (key) => namespace.readSync(key)?.value,
    async set(key, value) {
      if (!(await namespace.set(key, value))) throw new Error(`${key} was not kept`);
    },
    /** Also waits for sweeps. The cache can be used again after it. */
    close: () => cache.close(),
  };
}
