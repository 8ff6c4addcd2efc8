import { expect, test } from 'vitest';
import { Cache } from '../src/index.ts';
import { controlled, counting, fixture, minute, policy } from './support/fixture.ts';
import { settle } from './support/virtual-clock.ts';

test('callers that miss together ask the origin once', async () => {
  const { namespace } = fixture();
  const loader = counting();
  const answers = await Promise.all(Array.from({ length: 20 }, () => namespace.fetch('fleet', loader)));
  expect(loader.calls).toBe(1);
  expect(answers.map((answer) => answer.source).toSorted()).toEqual([
    'origin',
    ...Array.from({ length: 19 }, () => 'peer'),
  ]);
  expect(answers.every((answer) => answer.value === 1 && !answer.stale)).toBe(true);
});

test('a caller that comes while the origin is asked waits for that answer', async () => {
  const { namespace, clock } = fixture();
  const origin = controlled<string>();
  const first = namespace.fetch('fleet', origin.loader);
  await settle();
  await clock.advance(minute);
  const second = namespace.fetch('fleet', origin.loader);
  await settle();
  origin.answer('answer');
  expect(await first).toMatchObject({ value: 'answer', source: 'origin' });
  expect(await second).toMatchObject({ value: 'answer', source: 'peer' });
  expect(origin.calls).toHaveLength(1);
});

test('keys do not wait for each other', async () => {
  const { namespace } = fixture();
  const origin = controlled<string>();
  const all = ['a', 'b'].map((key) => namespace.fetch(key, origin.loader));
  await settle();
  expect(origin.calls).toHaveLength(2);
  origin.answer('one');
  origin.answer('two');
  expect((await Promise.all(all)).map((answer) => answer.value)).toEqual(['one', 'two']);
});

test('a failure is that of all who waited for it', async () => {
  const { namespace } = fixture();
  const origin = controlled<string>();
  const both = [namespace.fetch('fleet', origin.loader), namespace.fetch('fleet', origin.loader)];
  const outcome = Promise.allSettled(both);
  await settle();
  origin.fail(new Error('down'));
  expect(await outcome).toMatchObject([{ reason: new Error('down') }, { reason: new Error('down') }]);
  expect(origin.calls).toHaveLength(1);
});

test('a refresh does not take an answer that was asked for before it', async () => {
  const { namespace } = fixture();
  const origin = controlled<string>();
  const earlier = namespace.fetch('fleet', origin.loader);
  await settle();
  const refreshes = [1, 2].map(() => namespace.fetch('fleet', origin.loader, { mode: 'refresh' }));
  await settle();
  // One key is asked for once at a time.
  expect(origin.calls).toHaveLength(1);
  origin.answer('before');
  expect(await earlier).toMatchObject({ value: 'before' });
  await settle();
  expect(origin.calls).toHaveLength(2);
  origin.answer('after');
  const answers = await Promise.all(refreshes);
  expect(answers.map((answer) => answer.value)).toEqual(['after', 'after']);
  expect(answers.map((answer) => answer.source).toSorted()).toEqual(['origin', 'peer']);
});

test('refreshes of one moment ask the origin once', async () => {
  const { namespace } = fixture();
  const loader = counting();
  await Promise.all([1, 2, 3].map(() => namespace.fetch('fleet', loader, { mode: 'refresh' })));
  expect(loader.calls).toBe(1);
});

test('two caches of one directory ask the origin once, like two processes', async () => {
  const { namespace, clock, directory } = fixture();
  const other = new Cache({ directory, clock }).namespace({ kind: 'vm_status', scope: ['cloud', 'sub-1'], policy });
  const origin = controlled<string>();
  const mine = namespace.fetch('fleet', origin.loader);
  await settle();
  const theirs = other.fetch('fleet', origin.loader);
  await clock.advance(1000);
  origin.answer('answer');
  expect(await mine).toMatchObject({ source: 'origin' });
  await clock.advance(1000);
  expect(await theirs).toMatchObject({ value: 'answer', source: 'peer', stale: false });
  expect(origin.calls).toHaveLength(1);
});

test('who finds the other one failed asks itself', async () => {
  const { namespace, clock, directory } = fixture();
  const other = new Cache({ directory, clock }).namespace({ kind: 'vm_status', scope: ['cloud', 'sub-1'], policy });
  const origin = controlled<string>();
  const mine = namespace.fetch('fleet', origin.loader).catch((error: unknown) => error);
  await settle();
  const theirs = other.fetch('fleet', origin.loader);
  await clock.advance(1000);
  origin.fail(new Error('down'));
  expect(await mine).toEqual(new Error('down'));
  await clock.advance(1000);
  origin.answer('up');
  expect(await theirs).toMatchObject({ value: 'up', source: 'origin' });
});

test('a refresh takes the answer of another process that began after it, and no earlier one', async () => {
  const { namespace, clock, directory } = fixture();
  const other = new Cache({ directory, clock }).namespace({ kind: 'vm_status', scope: ['cloud', 'sub-1'], policy });
  const origin = controlled<string>();
  const earlier = other.fetch('fleet', origin.loader);
  await settle();
  await clock.advance(1);
  const refresh = namespace.fetch('fleet', origin.loader, { mode: 'refresh' });
  await clock.advance(500);
  origin.answer('before');
  expect(await earlier).toMatchObject({ value: 'before' });
  await clock.advance(500);
  expect(origin.calls).toHaveLength(2);
  origin.answer('after');
  expect(await refresh).toMatchObject({ value: 'after', source: 'origin' });
});
