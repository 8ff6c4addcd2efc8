import { expect, test } from 'vitest';
import { Printer } from '../../../src/run/output/printer.ts';
import { settled, slowOutput } from './support.ts';

function slowPrinter() {
  const stdout = slowOutput();
  const stderr = slowOutput();
  const printer = new Printer({ stdout, stderr });
  const done: string[] = [];
  const write = async (stream: 'stdout' | 'stderr', text: string): Promise<void> => {
    await printer.write(stream, text);
    done.push(text);
  };
  return { stdout, stderr, write, done };
}

test('a write is done only when its bytes are taken', async () => {
  const { stdout, write, done } = slowPrinter();
  void write('stdout', 'a');
  await settled();
  expect(done).toEqual([]);
  stdout.take();
  await settled();
  expect(done).toEqual(['a']);
});

test('both streams are written in the order of the calls', async () => {
  const { stdout, stderr, write, done } = slowPrinter();
  for (const [stream, text] of [
    ['stdout', 'a'],
    ['stderr', 'b'],
    ['stdout', 'c'],
  ] as const)
    void write(stream, text);
  await settled();
  expect([stdout.asked, stderr.asked]).toEqual([['a'], []]);
  stdout.take();
  await settled();
  expect([stdout.asked, stderr.asked]).toEqual([['a'], ['b']]);
  stderr.take();
  await settled();
  stdout.take();
  await settled();
  expect(stdout.asked).toEqual(['a', 'c']);
  expect(done).toEqual(['a', 'b', 'c']);
});

test('what waits meanwhile is written in one piece, up to a bound', async () => {
  const { stdout, write, done } = slowPrinter();
  for (const text of ['a', 'b', 'c']) void write('stdout', text);
  void write('stdout', 'x'.repeat(300_000));
  void write('stdout', 'd');
  await settled();
  for (let taken = 0; taken < 4; taken += 1) {
    stdout.take();
    await settled();
  }
  expect(stdout.asked.map((text) => (text.length > 10 ? 'long' : text))).toEqual(['a', 'bc', 'long', 'd']);
  expect(done).toHaveLength(5);
});

test('that it cannot be written is told to those whose bytes they were', async () => {
  const { stdout, write } = slowPrinter();
  const ends = Promise.allSettled(['a', 'b'].map((text) => write('stdout', text)));
  await settled();
  stdout.take(new Error('the disk is full'));
  await settled();
  stdout.take();
  const [first, second] = await ends;
  expect(first).toMatchObject({ status: 'rejected', reason: new Error('the disk is full') });
  expect(second).toMatchObject({ status: 'fulfilled' });
});
