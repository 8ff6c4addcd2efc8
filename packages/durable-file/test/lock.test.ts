import { existsSync, readdirSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type FileLock, type Locked, type NotLocked, systemClock, tryLock } from '../src/index.ts';
import { newOwner } from '../src/lock-owner.ts';
import { scratch } from './support/scratch.ts';

function taken(attempt: Locked | NotLocked): FileLock {
  if (!attempt.ok) throw new Error(`not locked: ${attempt.reason}`, { cause: attempt.cause });
  return attempt.lock;
}

test('one owner at a time, also within a process', () => {
  const path = join(scratch(), 'thing');
  const first = taken(tryLock(path));
  expect(tryLock(path)).toEqual({ ok: false, reason: 'held', token: 1 });
  first.release();
  taken(tryLock(path)).release();
});

test('the token grows with every owner', () => {
  const path = join(scratch(), 'thing');
  const tokens = [1, 2, 3].map(() => {
    const lock = taken(tryLock(path));
    lock.release();
    return lock.token;
  });
  expect(tokens).toEqual([1, 2, 3]);
  // Old numbers do not pile up.
  expect(readdirSync(`${path}.lock`)).toEqual(['3.free']);
});

test('a lock that is forgotten leaves nothing, and starts again at 1', () => {
  const directory = scratch();
  for (let round = 0; round < 2; round += 1) {
    const lock = taken(tryLock(join(directory, 'thing'), { forget: true }));
    expect(lock.token).toBe(1);
    lock.release();
    expect(readdirSync(directory)).toEqual([]);
  }
});

test('a contender that looks in too late does not unseat the owner', () => {
  const path = join(scratch(), 'thing');
  const lock = taken(tryLock(path));
  // It found the number before dead, and has not yet seen that somebody was faster.
  writeFileSync(join(`${path}.lock`, '2'), JSON.stringify(newOwner()));
  expect(lock.isHeld()).toBe(true);
  lock.release();
  expect(readdirSync(`${path}.lock`).toSorted()).toEqual(['1.free', '2']);
});

test('who finds that a whole turn went by since it looked tries again', () => {
  const path = join(scratch(), 'thing');
  taken(tryLock(path)).release();
  expect(tryLock(path, { clock: { ...systemClock, now: () => turnGoesBy(path) } })).toEqual({
    ok: false,
    reason: 'held',
    token: 2,
  });
  expect(taken(tryLock(path)).token).toBe(3);
});

/** Between the contender's first look and its own number, another one takes the lock and gives it back. */
function turnGoesBy(path: string): number {
  renameSync(join(`${path}.lock`, '1.free'), join(`${path}.lock`, '2.free'));
  return Date.now();
}

test('releasing twice does not release the next owner', async () => {
  const path = join(scratch(), 'thing');
  const first = taken(tryLock(path, { forget: true }));
  first.release();
  const second = taken(tryLock(path, { forget: true }));
  first.release();
  await first[Symbol.asyncDispose]();
  expect(first.isHeld()).toBe(false);
  expect(second.isHeld()).toBe(true);
  await second[Symbol.asyncDispose]();
  expect(existsSync(`${path}.lock`)).toBe(false);
});

test('the directory and the files of a lock are private, also where directories are missing', () => {
  const path = join(scratch(), 'a', 'b', 'thing');
  const lock = taken(tryLock(path));
  expect(statSync(`${path}.lock`).mode & 0o777).toBe(0o700);
  expect(statSync(join(`${path}.lock`, '1')).mode & 0o777).toBe(0o600);
  lock.release();
});

test('where there can be no lock, it says so instead of failing', () => {
  const directory = scratch();
  writeFileSync(join(directory, 'file'), '');
  writeFileSync(join(directory, 'thing.lock'), '');
  for (const path of [join(directory, 'file', 'thing'), join(directory, 'thing')]) {
    expect(tryLock(path)).toMatchObject({ ok: false, reason: 'unavailable', cause: expect.any(Error) as Error });
  }
});
