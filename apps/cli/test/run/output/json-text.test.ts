import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { base64Content, jsonStringContent, Utf8Check } from '../../../src/run/output/json-text.ts';
import { inPieces, randomFrom } from './support.ts';

const characters = [
  'a',
  '"',
  '\\',
  '/',
  '\n',
  '\r',
  '\t',
  '\b',
  '\f',
  '\u0000',
  '\u001f',
  '\u007f',
  'é',
  '\u2028',
  '机',
  '😀',
  '\ufeff',
];

async function all(pieces: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const copies: Uint8Array[] = [];
  for await (const piece of pieces) copies.push(Uint8Array.from(piece));
  return Buffer.concat(copies);
}

test('JSON text in pieces is that of the whole, however it is cut', async () => {
  for (let seed = 1; seed <= 200; seed += 1) {
    const random = randomFrom(seed);
    const text = Array.from({ length: random(80) }, () => characters[random(characters.length)]!).join('');
    const content = await all(jsonStringContent(Readable.from(inPieces(Buffer.from(text), random))));
    expect(`"${content.toString()}"`, `seed ${seed}`).toBe(JSON.stringify(text));
  }
});

test('base64 in pieces is that of the whole, however it is cut', async () => {
  for (let seed = 1; seed <= 200; seed += 1) {
    const random = randomFrom(seed);
    const bytes = Buffer.from(Array.from({ length: random(80) }, () => random(256)));
    const content = await all(base64Content(Readable.from(inPieces(bytes, random))));
    expect(content.toString(), `seed ${seed}`).toBe(bytes.toString('base64'));
  }
});

test('UTF-8 in pieces is UTF-8, however it is cut', () => {
  for (let seed = 1; seed <= 200; seed += 1) {
    const random = randomFrom(seed);
    const text = Array.from({ length: random(40) }, () => characters[random(characters.length)]!).join('');
    expect(isUtf8(inPieces(Buffer.from(text), random, 3)), `seed ${seed}`).toBe(true);
  }
});

test('what is no UTF-8 is seen wherever it is cut', () => {
  const wrong = [
    [0xff],
    [0x80],
    [0xc3],
    [0xc0, 0x80],
    [0xed, 0xa0, 0x80],
    [0xe2, 0x82],
    [0xf0, 0x9f, 0x98],
    [0xf5, 0x80, 0x80, 0x80],
  ];
  for (let seed = 1; seed <= 200; seed += 1) {
    const random = randomFrom(seed);
    const before = Buffer.from(random(2) > 0 ? 'é机' : '');
    const bytes = Buffer.concat([
      before,
      Buffer.from(wrong[random(wrong.length)]!),
      Buffer.from(random(2) > 0 ? 'ab' : ''),
    ]);
    expect(isUtf8(inPieces(bytes, random, 3)), `seed ${seed}: ${bytes.toString('hex')}`).toBe(false);
  }
});

function isUtf8(pieces: readonly Uint8Array[]): boolean {
  const check = new Utf8Check();
  for (const piece of pieces) check.add(piece);
  return check.isValid();
}
