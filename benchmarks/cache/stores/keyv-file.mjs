/** With a file an entry, as the others with many entries. It writes them in place: a reader may see half of one. */
export async function open({ directory, addresses: [keyvAddress, fileAddress] }) {
  const { Keyv } = await import(keyvAddress);
  const { KeyvFile } = await import(fileAddress);
  const keyv = new Keyv({ store: new KeyvFile({ filename: directory, separatedFile: true }) });
  return {
    get: (key) => keyv.get(key),
    set: (key, value) => keyv.set(key, value),
    close() {},
  };
}
