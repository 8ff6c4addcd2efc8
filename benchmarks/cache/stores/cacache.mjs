export async function open({ directory, addresses: [address] }) {
  const { default: cacache } = await import(address);
  return {
    async get(key) {
      return JSON.parse((await cacache.get(directory, key)).data.toString());
    },
    set: (key, value) => cacache.put(directory, key, JSON.stringify(value)),
    close() {},
  };
}
