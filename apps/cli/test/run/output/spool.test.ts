import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Spool, type SpooledStream } from '../../../src/run/output/spool.ts';
import { inPieces, randomFrom, sinkFor, temporaryDirectory } from './support.ts';

async function contentOf(stream: SpooledStream): Promise<Buffer> {
  const copies: Uint8Array[] = [];
  for await (const piece of stream.read()) copies.push(Uint8Array.from(piece));
  return Buffer.concat(copies);
}

function randomBytes(length: number, random: (below: number) => number): Buffer {
  return Buffer.from(Array.from({ length }, () => random(256)));
}

const openDescriptors = (): number => readdirSync('/proc/self/fd').length;

test('what was put in comes out, however large and in whatever pieces', async () => {
  for (let seed = 1; seed <= 20; seed += 1) {
    const random = randomFrom(seed);
    const spool = new Spool({
      directory: temporaryDirectory(),
      mostOfOne: 1 + random(5000),
      mostOfAll: random(20_000),
    });
    const streams = await Promise.all(
      Array.from({ length: 5 }, async () => {
        const bytes = randomBytes(random(200_000), random);
        const stream = spool.open();
        for (const piece of inPieces(bytes, random, 1 + random(30_000))) await stream.append(piece);
        return { bytes, stream };
      }),
    );
    for (const { bytes, stream } of streams) {
      expect(stream.length).toBe(bytes.length);
      expect((await contentOf(stream)).equals(bytes), `seed ${seed}`).toBe(true);
    }
    await spool.close();
  }
});

test('room that is given back is used again, and nothing of the old is left in it', async () => {
  const spool = new Spool({ directory: temporaryDirectory(), mostOfOne: 10 });
  for (let round = 0; round < 5; round += 1) {
    const stream = spool.open();
    const bytes = Buffer.alloc(100_000 - 20_000 * round, round);
    await stream.append(bytes);
    expect((await contentOf(stream)).equals(bytes)).toBe(true);
    stream.discard();
    expect(stream.length).toBe(0);
    expect(await contentOf(stream)).toHaveLength(0);
  }
  await spool.close();
});

test.skipIf(process.platform !== 'linux')('little output needs no file', async () => {
  const before = openDescriptors();
  const spool = new Spool({ directory: join(temporaryDirectory(), 'missing') });
  const stream = spool.open();
  await stream.append(Buffer.from('little'));
  expect((await contentOf(stream)).toString()).toBe('little');
  expect(openDescriptors()).toBe(before);
  await spool.close();
});

test.skipIf(process.platform !== 'linux')('a thousand streams take one descriptor, and it is given back', async () => {
  const before = openDescriptors();
  const spool = new Spool({ directory: temporaryDirectory(), mostOfOne: 100 });
  let most = 0;
  const streams = await Promise.all(
    Array.from({ length: 1000 }, async (_, index) => {
      const stream = spool.open();
      await stream.append(Buffer.alloc(1000, index));
      most = Math.max(most, openDescriptors());
      return stream;
    }),
  );
  expect(most).toBe(before + 1);
  for (const [index, stream] of streams.entries())
    expect((await contentOf(stream)).equals(Buffer.alloc(1000, index))).toBe(true);
  await spool.close();
  expect(openDescriptors()).toBe(before);
});

test.skipIf(process.platform === 'win32')(
  'the file has no name that anybody could open, or that could be left behind',
  async () => {
    const directory = temporaryDirectory();
    const spool = new Spool({ directory, mostOfOne: 10 });
    await spool.open().append(Buffer.alloc(1000));
    expect(readdirSync(directory)).toEqual([]);
    await spool.close();
  },
);

test('all streams together stay within their bound of memory', async () => {
  const spool = new Spool({ directory: temporaryDirectory(), mostOfAll: 64 * 1024 });
  const streams = Array.from({ length: 1000 }, () => spool.open());
  const bytes = Buffer.alloc(10_000);
  const before = process.memoryUsage().arrayBuffers;
  for (const stream of streams) await stream.append(bytes); // 10 MB
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1_000_000);
  for (const stream of streams) expect(stream.length).toBe(10_000);
  await spool.close();
});

test('where there is no room, the directory and the way out are named', async () => {
  const missing = join(temporaryDirectory(), 'missing');
  const spool = new Spool({ directory: missing, mostOfOne: 10 });
  await expect(spool.open().append(Buffer.alloc(100))).rejects.toThrow(
    expect.objectContaining({
      code: 'OUTPUT',
      exitCode: 1,
      message: `the output cannot be kept in ${missing} (ENOENT)`,
      hint: 'make room there, or name another directory with TMPDIR',
    }),
  );
  await spool.close();
});

test('closing waits for what is being written; what comes later is not kept', async () => {
  const spool = new Spool({ directory: temporaryDirectory(), mostOfOne: 10 });
  const stream = spool.open();
  const writing = stream.append(Buffer.alloc(500_000));
  await expect(Promise.all([spool.close(), writing])).resolves.toBeDefined();
  await expect(stream.append(Buffer.alloc(500_000))).resolves.toBeUndefined();
  await expect(spool.close()).resolves.toBeUndefined();
});

test('the sinks take the directory from TMPDIR', async () => {
  const file = join(temporaryDirectory(), 'file');
  writeFileSync(file, '');
  const sink = sinkFor(['vm'], { flags: ['-o', 'json'], env: { TMPDIR: file } });
  await expect(sink.says(0, Buffer.alloc(100_000))).rejects.toThrow(`the output cannot be kept in ${file} (ENOTDIR)`);
});
