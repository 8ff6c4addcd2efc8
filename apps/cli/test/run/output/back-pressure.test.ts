import { expect, test } from 'vitest';
import { chooseSink } from '../../../src/run/output/choose-sink.ts';
import { contextWith, machinesNamed, resultOf, settled, slowOutput } from './support.ts';

function slowSink(flags: readonly string[], names: readonly string[], oneLiteral = false) {
  const stdout = slowOutput();
  const context = contextWith({ flags });
  const machines = machinesNamed(...names);
  const sink = chooseSink({ ...context, io: { ...context.io, stdout } }, { machines, oneLiteral });
  return { stdout, machines, sink };
}

async function isDone(promise: void | Promise<void>): Promise<boolean> {
  let done = false;
  void Promise.resolve(promise).then(() => (done = true));
  await settled();
  return done;
}

test.each([
  ['live', ['a', 'b'], false],
  ['raw', ['a'], true],
])('%s: a machine is not read further before its bytes are taken', async (_name, names, oneLiteral) => {
  const { stdout, machines, sink } = slowSink([], names, oneLiteral);
  const writing = sink.write(machines[0]!, 'stdout', Buffer.from('line\n'));
  expect(await isDone(writing)).toBe(false);
  stdout.take();
  expect(await isDone(writing)).toBe(true);
});

test('live: an unfinished line holds nobody up', async () => {
  const { machines, sink } = slowSink([], ['a', 'b']);
  expect(await isDone(sink.write(machines[0]!, 'stdout', Buffer.from('no end')))).toBe(true);
});

test('ndjson: a result is done when its line is taken', async () => {
  const { stdout, machines, sink } = slowSink(['-o', 'ndjson'], ['a']);
  expect(await isDone(sink.write(machines[0]!, 'stdout', Buffer.from('kept')))).toBe(true);
  const result = sink.result(resultOf(machines[0]!));
  expect(await isDone(result)).toBe(false);
  stdout.take();
  expect(await isDone(result)).toBe(true);
});

test('that stdout cannot be written is told to the one who writes', async () => {
  const { stdout, machines, sink } = slowSink([], ['a', 'b']);
  const writing = sink.write(machines[0]!, 'stdout', Buffer.from('line\n'));
  await settled();
  stdout.take(new Error('the disk is full'));
  await expect(writing).rejects.toThrow('the disk is full');
});
