import { createHash } from 'node:crypto';

/** With its extension a name must not be longer than 255 bytes; longer ones are cut and end with a hash. */
const LONGEST = 240;
/** Names of devices on Windows, with any extension. */
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;

/**
 * A machine's name as a file's, different for each: letters, digits, `-`, `_` and dots stay, `GROUP/NAME` becomes
 * `GROUP~NAME`, all else becomes `%XX`.
 */
export function safeFileName(label: string): string {
  const encoded = [...Buffer.from(label)].map((byte, place) => safeByte(byte, place)).join('');
  const name = DEVICE.test(encoded) ? percent(encoded.codePointAt(0)!) + encoded.slice(1) : encoded;
  if (name.length <= LONGEST) return name;
  const digest = createHash('sha256').update(label).digest('hex').slice(0, 16);
  return `${name.slice(0, LONGEST - 1 - digest.length)}~${digest}`;
}

function safeByte(byte: number, place: number): string {
  const character = String.fromCodePoint(byte);
  if (character === '/') return '~';
  // A dot in front would hide it, or be a directory.
  return /[A-Za-z0-9_-]/.test(character) || (character === '.' && place > 0) ? character : percent(byte);
}

function percent(byte: number): string {
  return `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
}
