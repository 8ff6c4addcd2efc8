const plain = /^[a-z0-9_-]+$/;
const special = /[^a-z0-9_-]/g;

// Windows takes these for devices, whatever the extension.
const reserved = /^(?:con|prn|aux|nul|com[0-9]|lpt[0-9])$/;

const longest = 120;
const keptOfLong = 80;

/**
 * A file name for any text, the same on every file system: a-z, 0-9, "_", "-" stand for themselves and everything else
 * is escaped, so that "a" and "A" differ where case does not, no name ends in a dot or is a device, and a directory's
 * name has no dot at all. {@link fromSafeName} turns it back.
 */
export function toSafeName(text: string): string {
  if (text === '') return '%';
  const name = plain.test(text) ? text : text.replace(special, escape);
  return reserved.test(name) ? escape(name.charAt(0)) + name.slice(1) : name;
}

/** {@link toSafeName}, bounded: the name of a long key ends in a hash, and two keys may share it. */
export function toBoundedName(key: string): string {
  const name = toSafeName(key);
  return name.length <= longest ? name : `${name.slice(0, keptOfLong)}~${hash53(key).toString(36)}`;
}

export function fromSafeName(name: string): string {
  if (name === '%') return '';
  return name.replace(/%u([0-9a-f]{4})|%([0-9a-f]{2})/g, (_, wide: string | undefined, narrow: string | undefined) =>
    String.fromCharCode(Number.parseInt(wide ?? narrow ?? '', 16)),
  );
}

function escape(character: string): string {
  const code = character.charCodeAt(0);
  return code < 0x80 ? `%${code.toString(16).padStart(2, '0')}` : `%u${code.toString(16).padStart(4, '0')}`;
}

/**
 * Two 32-bit multiplicative hashes (the FNV-1a scheme with two odd multipliers, http://www.isthe.com/chongo/tech/comp/fnv/)
 * joined to 53 bits. Good enough to spread names; loading node:crypto would cost 4 ms at start-up. Whoever finds another
 * key's entry under the name compares the whole key.
 */
function hash53(text: string): number {
  let low = 0x811c9dc5;
  let high = 0x9e3779b9;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    low = Math.imul(low ^ code, 0x01000193);
    high = Math.imul(high ^ code, 0x85ebca6b);
    high ^= high >>> 15;
  }
  return (high >>> 11) * 2 ** 32 + (low >>> 0);
}
