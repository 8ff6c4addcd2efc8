/** The 4 or 16 bytes of an IPv4 or IPv6 address, as a certificate holds it. */
export function addressBytes(address: string): Uint8Array {
  return address.includes(':') ? ipv6Bytes(address) : Uint8Array.from(address.split('.'), Number);
}

function ipv6Bytes(address: string): Uint8Array {
  const [head = '', tail] = address.split('::');
  const before = groups(head);
  const after = groups(tail ?? '');
  const zeros = Array.from<number>({ length: 8 - before.length - after.length }).fill(0);
  const all = [...before, ...(tail === undefined ? [] : zeros), ...after];
  return Uint8Array.from(all.flatMap((group) => [group >>> 8, group & 0xff]));
}

function groups(text: string): number[] {
  return text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16));
}
