import { once } from 'node:events';
import { readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tryLock } from '../src/index.ts';
import { newOwner } from '../src/lock-owner.ts';
import { firstWord, kill, startChild } from './support/child.ts';
import { scratch } from './support/scratch.ts';
import { VirtualClock } from './support/virtual-clock.ts';

test('the lock of a killed process is free at once', async () => {
  const path = join(scratch(), 'thing');
  const child = startChild('hold-lock.mjs', path);
  expect(await firstWord(child)).toBe('token 1');
  expect(tryLock(path)).toMatchObject({ ok: false, reason: 'held' });
  await kill(child);
  const attempt = tryLock(path);
  expect(attempt).toMatchObject({ ok: true, lock: { token: 2 } });
  expect(readdirSync(`${path}.lock`)).toEqual(['2']);
  if (attempt.ok) attempt.lock.release();
});

test('of a process that was stopped, the lock is taken when its heartbeat has been missing for long enough', async () => {
  const path = join(scratch(), 'thing');
  const child = startChild('hold-lock.mjs', path);
  await firstWord(child);
  child.kill('SIGSTOP');
  const clock = new VirtualClock();
  await clock.advance(9000);
  expect(tryLock(path, { clock })).toMatchObject({ ok: false, reason: 'held' });
  await clock.advance(2000);
  expect(tryLock(path, { clock })).toMatchObject({ ok: true, lock: { token: 2 } });
  child.kill('SIGKILL');
  await once(child, 'close');
});

/** A lock directory as another owner would have left it. */
function heldBy(owner: object | string, ageMs: number, clock: VirtualClock): string {
  const path = join(scratch(), 'thing');
  const attempt = tryLock(path, { clock });
  if (attempt.ok) attempt.lock.release();
  const file = join(`${path}.lock`, '2');
  writeFileSync(file, typeof owner === 'string' ? owner : JSON.stringify(owner));
  const seconds = (clock.now() - ageMs) / 1000;
  utimesSync(file, seconds, seconds);
  return path;
}

test('a process id that was given to another process is told by the heartbeat', () => {
  const clock = new VirtualClock();
  expect(tryLock(heldBy(newOwner(), 5000, clock), { clock }).ok).toBe(false);
  expect(tryLock(heldBy(newOwner(), 11_000, clock), { clock }).ok).toBe(true);
});

test('a process id on another machine says nothing', () => {
  const clock = new VirtualClock();
  // No process has this number here.
  const elsewhere = { ...newOwner(), pid: 2 ** 30, host: 'elsewhere' };
  expect(tryLock(heldBy(elsewhere, 5000, clock), { clock }).ok).toBe(false);
  expect(tryLock(heldBy(elsewhere, 11_000, clock), { clock }).ok).toBe(true);
  expect(tryLock(heldBy({ ...newOwner(), pid: 2 ** 30 }, 0, clock), { clock }).ok).toBe(true);
});

test.each(['', '{', 'null', '{"pid":"1"}'])(
  'an owner that did not get to say who it is (%j) lives while it is young',
  (content) => {
    const clock = new VirtualClock();
    expect(tryLock(heldBy(content, 5000, clock), { clock }).ok).toBe(false);
    expect(tryLock(heldBy(content, 11_000, clock), { clock }).ok).toBe(true);
  },
);

test('a heartbeat from the future, after the clock was set back, does not hold for ever', () => {
  const clock = new VirtualClock();
  expect(tryLock(heldBy(newOwner(), -3_600_000, clock), { clock }).ok).toBe(true);
});

test('the process of another user lives, too', () => {
  const clock = new VirtualClock();
  expect(tryLock(heldBy({ ...newOwner(), pid: 1 }, 0, clock), { clock })).toMatchObject({ reason: 'held', token: 2 });
});
