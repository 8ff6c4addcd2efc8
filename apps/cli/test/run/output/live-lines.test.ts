import { expect, test } from 'vitest';
import { inPieces, randomFrom, sinkFor } from './support.ts';

test('whole lines, each behind the name of its machine', async () => {
  const sink = sinkFor(['web-1', 'web-10']);
  await sink.says(0, 'one\ntwo\nthr');
  await sink.says(1, 'uno\n');
  await sink.says(0, 'ee\n');
  expect(sink.stdout()).toBe('web-1: one\nweb-1: two\nweb-10: uno\nweb-1: three\n');
});

test('the rest of a line is printed when the machine is done', async () => {
  const sink = sinkFor(['web-1', 'web-2']);
  await sink.says(0, 'no end');
  await sink.says(1, '\nempty line before');
  await sink.ends(0);
  expect(sink.stdout()).toBe('web-2: \nweb-1: no end\n');
  await sink.ends(1);
  expect(sink.stdout()).toBe('web-2: \nweb-1: no end\nweb-2: empty line before\n');
});

test('what goes to stderr over there goes to stderr here', async () => {
  const sink = sinkFor(['web-1', 'web-2']);
  await sink.says(0, 'out\n');
  await sink.says(0, 'err\nrest', 'stderr');
  await sink.ends(0);
  expect(sink.stdout()).toBe('web-1: out\n');
  expect(sink.stderr()).toBe('web-1: err\nweb-1: rest\n');
});

test('a pipe gets the bytes as they are, whatever they are', async () => {
  const random = randomFrom(7);
  const bytes = Buffer.from(Array.from({ length: 5000 }, () => random(256)));
  const sink = sinkFor(['vm']);
  for (const piece of inPieces(bytes, random)) await sink.says(0, piece);
  await sink.ends(0);
  const expected = splitLines(bytes).map((line) => Buffer.concat([Buffer.from('vm: '), line, Buffer.from('\n')]));
  expect(sink.context.io.printed.bytes.equals(Buffer.concat(expected))).toBe(true);
});

test('a line that never ends is continued on further lines, between two characters', async () => {
  const sink = sinkFor(['vm', 'other']);
  const text = 'é'.repeat(100_000);
  for (const piece of inPieces(Buffer.from(text), randomFrom(3), 9000)) await sink.says(0, piece);
  await sink.ends(0);
  const lines = sink.stdout().trimEnd().split('\n');
  expect(lines).toHaveLength(4); // 200,000 bytes, at most 65,536 each
  expect(lines.map((line) => line.slice(0, 4))).toEqual(['vm: ', 'vm: ', 'vm: ', 'vm: ']);
  expect(lines.map((line) => line.slice(4)).join('')).toBe(text);
});

test('an endless line of no known encoding keeps all of its bytes', async () => {
  const sink = sinkFor(['vm', 'other']);
  const bytes = Buffer.alloc(150_000, 0x80);
  await sink.says(0, bytes);
  await sink.ends(0);
  const printed = splitLines(sink.context.io.printed.bytes).map((line) => line.subarray(4));
  expect(Buffer.concat(printed).equals(bytes)).toBe(true);
});

test('a machine that says nothing prints nothing', async () => {
  const sink = sinkFor(['vm', 'other']);
  await sink.says(0, '');
  await sink.ends(0);
  await sink.ends(1, { status: 'skipped', reason: 'deallocated', attempts: 0 });
  await sink.end();
  expect(sink.stdout() + sink.stderr()).toBe('');
});

function splitLines(bytes: Buffer): Buffer[] {
  const lines: Buffer[] = [];
  let from = 0;
  for (let end = bytes.indexOf(10); end !== -1; end = bytes.indexOf(10, from)) {
    lines.push(bytes.subarray(from, end));
    from = end + 1;
  }
  return from < bytes.length ? [...lines, bytes.subarray(from)] : lines;
}
