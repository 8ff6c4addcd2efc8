import { isUtf8 } from 'node:buffer';

type Chunks = AsyncIterable<Uint8Array>;

/** For each byte that may not stand in a JSON string what stands for it; no byte of a longer character is among them. */
const ESCAPES: readonly (Uint8Array | undefined)[] = Array.from({ length: 256 }, (_, byte) => {
  const character = String.fromCodePoint(byte);
  return byte < 0x20 || character === '"' || character === '\\'
    ? Buffer.from(JSON.stringify(character).slice(1, -1))
    : undefined;
});
/** Of `\u001b`. */
const LONGEST_ESCAPE = 6;

/** Bytes of UTF-8 as the inside of a JSON string, piece by piece. They are not decoded: a piece may end anywhere. */
export async function* jsonStringContent(utf8: Chunks): AsyncGenerator<Uint8Array, void, undefined> {
  let escaped = Buffer.alloc(0);
  for await (const bytes of utf8) {
    if (escaped.length < bytes.length * LONGEST_ESCAPE) escaped = Buffer.allocUnsafe(bytes.length * LONGEST_ESCAPE);
    yield escaped.subarray(0, escapeInto(escaped, bytes));
  }
}

/** Tells how long it has become. A byte at a time: output may be made of nothing but what is escaped. */
function escapeInto(escaped: Uint8Array, bytes: Uint8Array): number {
  let length = 0;
  for (let place = 0; place < bytes.length; place += 1) {
    const byte = bytes[place]!;
    const escape = ESCAPES[byte];
    if (escape === undefined) {
      escaped[length] = byte;
      length += 1;
    } else {
      escaped.set(escape, length);
      length += escape.length;
    }
  }
  return length;
}

/** Bytes as base64, piece by piece: only whole groups of three are encoded before the end. */
export async function* base64Content(chunks: Chunks): AsyncGenerator<Uint8Array, void, undefined> {
  let rest = Buffer.alloc(0);
  for await (const bytes of chunks) {
    const all = Buffer.concat([rest, bytes]);
    const whole = all.length - (all.length % 3);
    yield Buffer.from(all.toString('base64', 0, whole), 'latin1');
    rest = all.subarray(whole);
  }
  yield Buffer.from(rest.toString('base64'), 'latin1');
}

/** Whether bytes that come in pieces are UTF-8 as a whole. */
export class Utf8Check {
  #unfinished = Buffer.alloc(0);
  #isValid = true;

  add(bytes: Uint8Array): void {
    if (!this.#isValid) return;
    const all = this.#unfinished.length === 0 ? bytes : Buffer.concat([this.#unfinished, bytes]);
    const end = endOfLastCharacter(all);
    this.#isValid = isUtf8(all.subarray(0, end));
    this.#unfinished = Buffer.from(all.subarray(end));
  }

  isValid(): boolean {
    return this.#isValid && this.#unfinished.length === 0;
  }
}

/** Where the last whole character ends: behind it are at most three bytes that may become one. */
function endOfLastCharacter(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back]!;
    if ((byte & 0xc0) === 0x80) continue; // in the middle of a character
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    return length > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}
