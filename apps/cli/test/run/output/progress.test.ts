import { expect, test } from 'vitest';
import type { Clock } from '../../../src/io.ts';
import { chooseSink } from '../../../src/run/output/choose-sink.ts';
import { startProgress, type ProgressState } from '../../../src/run/output/progress.ts';
import { contextWith, machinesNamed, resultOf, settled, slowOutput } from './support.ts';

/** Time that passes when the test says so. */
function steppedClock(): Clock & { pass(ms: number): void; timers(): number } {
  let now = 0;
  let waiting: { at: number; callback: () => void }[] = [];
  return {
    now: () => now,
    setTimeout(callback, ms) {
      const timer = { at: now + ms, callback };
      waiting.push(timer);
      return timer;
    },
    clearTimeout(handle) {
      waiting = waiting.filter((timer) => timer !== handle);
    },
    pass(ms) {
      const end = now + ms;
      for (;;) {
        const [next] = waiting.filter(({ at }) => at <= end).toSorted((a, b) => a.at - b.at);
        if (next === undefined) break;
        waiting = waiting.filter((timer) => timer !== next);
        now = next.at;
        next.callback();
      }
      now = end;
    },
    timers: () => waiting.length,
  };
}

const CLEAR = '\r\u001b[K';
const half: ProgressState = { total: 500, done: 412, failed: 3, running: 24, leftMs: 12_400 };

function onTerminal({ columns = 80 } = {}) {
  const clock = steppedClock();
  const context = contextWith({ columns, env: { NO_COLOR: '1' }, clock });
  const progress = startProgress(context);
  return { clock, context, progress, shown: () => context.io.printed.stderr };
}

test('how far it is, what failed, what runs and what is left', () => {
  const { clock, progress, shown } = onTerminal();
  progress.update(half);
  clock.pass(100);
  expect(shown()).toBe(`${CLEAR}⠋ 412/500 · 3 failed · 24 running · about 12 s left`);
});

test('what is not known or nothing is left out', () => {
  const { clock, progress, shown } = onTerminal();
  progress.update({ total: 3, done: 0, failed: 0, running: 3, leftMs: undefined });
  clock.pass(100);
  progress.update({ total: 3, done: 2, failed: 0, running: 1, leftMs: 20 });
  clock.pass(100);
  progress.update({ total: 3, done: 3, failed: 0, running: 0, leftMs: 0 });
  clock.pass(100);
  expect(shown().split(CLEAR).slice(1)).toEqual(['⠋ 0/3 · 3 running', '⠙ 2/3 · 1 running · about 1 s left', '⠹ 3/3']);
});

test('ten times a second at most, however often it changes', () => {
  const { clock, progress, shown } = onTerminal();
  for (let done = 0; done < 1000; done += 1) {
    progress.update({ ...half, total: 1000, done });
    clock.pass(1);
  }
  expect(shown().split(CLEAR)).toHaveLength(11);
});

test('a command that is done at once shows none', () => {
  const { clock, progress, shown } = onTerminal();
  progress.update(half);
  clock.pass(99);
  progress.stop();
  clock.pass(1000);
  expect(shown()).toBe('');
});

test('at the end it is gone, and no timer is left', () => {
  const { clock, progress, shown } = onTerminal();
  progress.update(half);
  clock.pass(100);
  progress.stop();
  progress.stop();
  expect(shown().endsWith(CLEAR)).toBe(true);
  expect(clock.timers()).toBe(0);
  progress.update(half);
  clock.pass(1000);
  expect(shown().split(CLEAR)).toHaveLength(3);
});

test('it fits into the terminal', () => {
  const { clock, progress, shown } = onTerminal({ columns: 20 });
  progress.update(half);
  clock.pass(100);
  expect(shown()).toBe(`${CLEAR}⠋ 412/500 · 3 faile`);
});

test.each([
  ['off a terminal', { env: {} }],
  ['on a dumb terminal', { env: { TERM: 'dumb' }, columns: 80 }],
])('%s there is none', (_name, options) => {
  const clock = steppedClock();
  const context = contextWith({ clock, ...options });
  const progress = startProgress(context);
  progress.update(half);
  clock.pass(1000);
  progress.stop();
  expect(context.io.printed.stderr).toBe('');
  expect(progress.context).toBe(context);
});

test('what is printed above it clears it first, and it comes back below', async () => {
  const { clock, context, progress, shown } = onTerminal();
  const machines = machinesNamed('a', 'b');
  const sink = chooseSink(progress.context, { machines, oneLiteral: false });
  progress.update(half);
  clock.pass(100);
  const line = shown();
  await sink.write(machines[0]!, 'stdout', Buffer.from('out\n'));
  expect(shown()).toBe(`${line}${CLEAR}`);
  expect(context.io.printed.stdout).toBe('a: out\n');
  await sink.result(resultOf(machines[1]!, { status: 'failed', exitCode: 2 }));
  progress.context.notice('azfleet: a \u0007 notice');
  expect(shown()).toBe(`${line}${CLEAR}b: exit 2\nazfleet: a \\u{7} notice\n`);
  clock.pass(100);
  expect(shown()).toBe(`${line}${CLEAR}b: exit 2\nazfleet: a \\u{7} notice\n${line.replace('⠋', '⠙')}`);
  progress.stop();
});

test('it waits while something else has begun a line', () => {
  const { clock, progress, shown } = onTerminal();
  progress.update(half);
  progress.context.io.stdout.write('a question? ');
  clock.pass(300);
  expect(shown()).toBe('');
  progress.context.io.stdout.write('');
  progress.context.io.stdout.write('yes\n');
  clock.pass(100);
  expect(shown()).toContain('412/500');
  progress.stop();
});

test('what is slowly being written is not written over, and notices wait for their turn', async () => {
  const clock = steppedClock();
  const stdout = slowOutput({ isTerminal: true, columns: 80 });
  const stderr = slowOutput({ isTerminal: true, columns: 80 });
  const context = contextWith({ clock, columns: 80 });
  const progress = startProgress({ ...context, io: { ...context.io, stdout, stderr } });
  progress.update(half);
  const writing = progress.context.io.stdout.writeBytes(Buffer.from('a long piece\n'));
  await settled();
  clock.pass(500);
  progress.context.notice('meanwhile');
  await settled();
  expect([stdout.asked, stderr.asked]).toEqual([['a long piece\n'], []]);
  stdout.take();
  await writing;
  await settled();
  expect(stderr.asked).toEqual(['meanwhile\n']);
  stderr.take();
  await settled();
  clock.pass(100);
  expect(stderr.asked.at(-1)).toContain('412/500');
  progress.stop();
});

test('bytes into a pipe do not touch the line', async () => {
  const clock = steppedClock();
  const context = contextWith({ clock, columns: 80, env: { NO_COLOR: '1' } });
  const stdout = slowOutput();
  const progress = startProgress({ ...context, io: { ...context.io, stdout } });
  progress.update(half);
  clock.pass(100);
  void progress.context.io.stdout.writeBytes(Buffer.from('no newline'));
  await settled();
  clock.pass(100);
  expect(context.io.printed.stderr.split(CLEAR)).toHaveLength(3);
  expect(stdout.asked).toEqual(['no newline']);
  expect(progress.context.io.stdout.isTerminal).toBe(false);
  expect(progress.context.io.stderr).toMatchObject({ isTerminal: true, columns: 80, isClosed: false });
  progress.stop();
});
