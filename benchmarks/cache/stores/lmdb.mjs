export async function open({ directory, addresses: [address] }) {
  const { open: openDatabase } = await import(address);
  const database = openDatabase({ path: directory });
  const getSync = (key) => database.get(key);
  return {
    getSync,
    get: getSync,
    set: (key, value) => database.put(key, value),
    close: () => database.close(),
  };
}
