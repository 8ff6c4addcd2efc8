import { channel } from 'node:diagnostics_channel';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { lock, tryLock } from '../src/index.ts';
import { scratch } from './support/scratch.ts';
import { VirtualClock, settle } from './support/virtual-clock.ts';

function held(clock = new VirtualClock()): { path: string; clock: VirtualClock; release: () => void } {
  const path = join(scratch(), 'thing');
  const attempt = tryLock(path, { clock });
  if (!attempt.ok) throw new Error(attempt.reason);
  return { path, clock, release: () => attempt.lock.release() };
}

test('takes a free lock at once, and tells who listens', async () => {
  const messages: unknown[] = [];
  const listen = (message: unknown): void => void messages.push(message);
  channel('azfleet:durable-file:lock').subscribe(listen);
  onTestFinished(() => {
    channel('azfleet:durable-file:lock').unsubscribe(listen);
  });
  const path = join(scratch(), 'thing');
  const attempt = await lock(path);
  expect(attempt).toMatchObject({ ok: true, lock: { token: 1 } });
  expect(messages).toEqual([{ path: `${path}.lock`, token: 1, tookOver: false }]);
  if (attempt.ok) attempt.lock.release();
});

test('waits for the owner, looking often at first and every 50 to 150 ms in the end', async () => {
  const { path, clock, release } = held();
  const waiting = lock(path, { clock });
  await clock.advance(3000);
  release();
  await clock.advance(150);
  expect(await waiting).toMatchObject({ ok: true, lock: { token: 2 } });
});

test('gives up after its time', async () => {
  const { path, clock, release } = held();
  const waiting = lock(path, { clock, timeoutMs: 1000 });
  await clock.advance(999);
  const outcome = await Promise.race([waiting, settle().then(() => 'still waiting')]);
  expect(outcome).toBe('still waiting');
  await clock.advance(1);
  expect(await waiting).toEqual({ ok: false, reason: 'timeout', token: 1 });
  release();
});

test('does not wait at all with a time of 0', async () => {
  const { path, clock, release } = held();
  expect(await lock(path, { clock, timeoutMs: 0 })).toMatchObject({ reason: 'timeout' });
  release();
});

test('stops waiting when it is told to, with the reason it is told', async () => {
  const { path, clock, release } = held();
  const controller = new AbortController();
  const waiting = lock(path, { clock, signal: controller.signal });
  await settle();
  const timers = clock.pending;
  controller.abort(new Error('enough'));
  await expect(waiting).rejects.toThrow('enough');
  expect(clock.pending).toBe(timers - 1);
  await expect(lock(path, { clock, signal: controller.signal })).rejects.toThrow('enough');
  release();
});
