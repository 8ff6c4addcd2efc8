import { channel } from 'node:diagnostics_channel';
import { appendFileSync, chmodSync, existsSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { appendRecordSync, readRecordsSync, tryLock } from '../src/index.ts';
import { runChild } from './support/child.ts';
import { scratch } from './support/scratch.ts';
import { smallDisk } from './support/small-disk.ts';

test('adds records to a private file, and reads them in order', () => {
  const path = join(scratch(), 'log');
  for (const record of ['one', 'zwei', '{"n":3}']) appendRecordSync(path, record);
  expect(readRecordsSync(path)).toEqual(['one', 'zwei', '{"n":3}']);
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

test('keeps within its bound by dropping the oldest', () => {
  const path = join(scratch(), 'log');
  const options = { maxBytes: 1000 };
  for (let number = 0; number < 500; number += 1) appendRecordSync(path, String(number).padStart(9, '0'), options);
  const records = readRecordsSync(path, options).map(Number);
  // 50 records of 10 bytes are half of the bound, and one half is always full.
  expect(records.length).toBeGreaterThanOrEqual(50);
  expect(records).toEqual(Array.from({ length: records.length }, (_, index) => 500 - records.length + index));
  const sizes = [path, `${path}.1`].map((file) => (existsSync(file) ? statSync(file).size : 0));
  expect(sizes[0]! + sizes[1]!).toBeLessThanOrEqual(1000);
  expect(existsSync(`${path}.lock`)).toBe(false);
});

test('tells who listens that it rotated', () => {
  const messages: unknown[] = [];
  const listen = (message: unknown): void => void messages.push(message);
  channel('azfleet:durable-file:rotate').subscribe(listen);
  onTestFinished(() => {
    channel('azfleet:durable-file:rotate').unsubscribe(listen);
  });
  const path = join(scratch(), 'log');
  for (let number = 0; number < 6; number += 1) appendRecordSync(path, 'x'.repeat(99), { maxBytes: 1000 });
  expect(messages).toEqual([{ path, bytes: 500 }]);
});

test('four processes lose no record and tear none', async () => {
  const path = join(scratch(), 'log');
  const maxBytes = 16 * 1024 * 1024;
  const writers = ['a', 'b', 'c', 'd'];
  await Promise.all(writers.map((who) => runChild('append-records.mjs', path, who, '500', String(maxBytes))));
  const records = readRecordsSync(path, { maxBytes }).map(
    (line) => JSON.parse(line) as { who: string; number: number },
  );
  for (const who of writers) {
    const numbers = records.filter((record) => record.who === who).map((record) => record.number);
    expect(numbers).toEqual(Array.from({ length: 500 }, (_, number) => number));
  }
});

test('four processes that rotate all the time lose only the oldest', async () => {
  const path = join(scratch(), 'log');
  const maxBytes = 64 * 1024;
  const writers = ['a', 'b', 'c', 'd'];
  await Promise.all(writers.map((who) => runChild('append-records.mjs', path, who, '1000', String(maxBytes))));
  const records = readRecordsSync(path, { maxBytes }).map(
    (line) => JSON.parse(line) as { who: string; number: number },
  );
  expect(existsSync(`${path}.1`)).toBe(true);
  for (const who of writers) {
    const numbers = records.filter((record) => record.who === who).map((record) => record.number);
    // What is left of each writer is its end, without a gap.
    expect(numbers).toEqual(Array.from({ length: numbers.length }, (_, index) => 1000 - numbers.length + index));
  }
});

test('goes on after a record that was cut short', () => {
  const path = join(scratch(), 'log');
  appendRecordSync(path, 'whole');
  appendFileSync(path, '{"half');
  expect(readRecordsSync(path)).toEqual(['whole']);
  appendRecordSync(path, 'next');
  expect(readRecordsSync(path)).toEqual(['whole', '{"half', 'next']);
});

test('leaves rotating to the process that is at it', () => {
  const path = join(scratch(), 'log');
  const rotating = tryLock(path);
  for (let number = 0; number < 20; number += 1) appendRecordSync(path, 'x'.repeat(99), { maxBytes: 1000 });
  expect(existsSync(`${path}.1`)).toBe(false);
  if (rotating.ok) rotating.lock.release();
  appendRecordSync(path, 'last', { maxBytes: 1000 });
  expect(existsSync(`${path}.1`)).toBe(true);
  expect(existsSync(path)).toBe(false);
});

test.each(['two\nlines', 'carriage\rreturn', 'x'.repeat(500)])('refuses what is no record', (record) => {
  const path = join(scratch(), 'log');
  expect(() => appendRecordSync(path, record, { maxBytes: 1000 })).toThrow(
    expect.objectContaining({ code: 'ERR_INVALID_RECORD' }),
  );
  expect(existsSync(path)).toBe(false);
});

test('adds nothing to a file that others can write, nor through a link, and reads neither', () => {
  const directory = scratch();
  const path = join(directory, 'log');
  writeFileSync(path, 'before\n');
  chmodSync(path, 0o666);
  expect(() => appendRecordSync(path, 'record')).toThrow(expect.objectContaining({ code: 'ERR_UNTRUSTED_FILE' }));
  symlinkSync('elsewhere', join(directory, 'link'));
  expect(() => appendRecordSync(join(directory, 'link'), 'record')).toThrow(
    expect.objectContaining({ code: 'ERR_WRITE_FAILED', cause: expect.objectContaining({ code: 'ELOOP' }) as Error }),
  );
  expect(readFileSync(path, 'utf8')).toBe('before\n');
  expect(existsSync(join(directory, 'elsewhere'))).toBe(false);
  expect(readRecordsSync(path)).toEqual([]);
});

test('says that the disk is full, and keeps what it has', ({ skip }) => {
  const path = join(smallDisk(skip), 'log');
  const maxBytes = 1024 * 1024;
  appendRecordSync(path, 'first', { maxBytes });
  const large = 'x'.repeat(50_000);
  expect(() => {
    for (;;) appendRecordSync(path, large, { maxBytes });
  }).toThrow(expect.objectContaining({ code: 'ERR_DISK_FULL' }));
  expect(readRecordsSync(path, { maxBytes })).toEqual(['first', large]);
});
