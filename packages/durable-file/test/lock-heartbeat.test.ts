import { channel } from 'node:diagnostics_channel';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { type FileLock, type LockOptions, tryLock } from '../src/index.ts';
import { scratch } from './support/scratch.ts';
import { VirtualClock } from './support/virtual-clock.ts';

function take(path: string, options: LockOptions): FileLock {
  const attempt = tryLock(path, options);
  if (!attempt.ok) throw new Error(attempt.reason);
  return attempt.lock;
}

test('an owner that works on keeps its lock for as long as it likes', async () => {
  const path = join(scratch(), 'thing');
  const clock = new VirtualClock();
  const lock = take(path, { clock, staleMs: 3000 });
  for (let minute = 0; minute < 5; minute += 1) {
    await clock.advance(60_000);
    expect(lock.isHeld()).toBe(true);
    expect(tryLock(path, { clock, staleMs: 3000 }).ok).toBe(false);
  }
  expect(clock.now() - statSync(join(`${path}.lock`, '1')).mtimeMs).toBeLessThanOrEqual(1000);
  lock.release();
  expect(clock.pending).toBe(0);
});

test.each([false, true])('an owner that was suspended finds that it is one no more (forget: %s)', async (forget) => {
  const path = join(scratch(), 'thing');
  const suspended = new VirtualClock();
  const others = new VirtualClock(suspended.now());
  const first = take(path, { clock: suspended, forget });
  await others.advance(60_000);
  const second = take(path, { clock: others, forget });
  expect(second.token).toBe(2);
  expect(first.isHeld()).toBe(false);
  expect(second.isHeld()).toBe(true);

  // Numbers start again when a lock was forgotten: the same number is not the same owner.
  second.release();
  const third = take(path, { clock: others, forget });
  expect(third.token).toBe(forget ? 1 : 3);
  expect(first.isHeld()).toBe(false);

  const lost: unknown[] = [];
  const listen = (message: unknown): void => void lost.push(message);
  channel('azfleet:durable-file:lock-lost').subscribe(listen);
  onTestFinished(() => {
    channel('azfleet:durable-file:lock-lost').unsubscribe(listen);
  });
  await suspended.advance(60_000);
  expect(lost).toEqual([{ path: `${path}.lock`, token: 1 }]);
  expect(suspended.pending).toBe(0);

  first.release();
  expect(third.isHeld()).toBe(true);
  third.release();
});
