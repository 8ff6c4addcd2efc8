import { expect, test } from 'vitest';
import { Cache } from '../src/index.ts';
import { controlled, counting, fixture, policy } from './support/fixture.ts';
import { settle } from './support/virtual-clock.ts';

test('a signal that is aborted already stops everything', async () => {
  const { namespace } = fixture();
  const loader = counting();
  await namespace.set('fleet', 'cached');
  const signal = AbortSignal.abort(new Error('too late'));
  for (const mode of ['fresh', 'refresh', 'bypass', 'offline'] as const) {
    await expect(namespace.fetch('fleet', loader, { mode, signal })).rejects.toThrow('too late');
  }
  expect(loader.calls).toBe(0);
});

test('who stops waiting is let go, with its reason, even if a stale entry could answer', async () => {
  const { namespace } = fixture();
  await namespace.set('fleet', 'old');
  const controller = new AbortController();
  const origin = controlled<string>();
  const fetched = namespace.fetch('fleet', origin.loader, { mode: 'refresh', signal: controller.signal });
  await settle();
  controller.abort(new Error('enough'));
  await expect(fetched).rejects.toThrow('enough');
  expect(origin.calls[0]?.signal.aborted).toBe(true);
  origin.fail(new Error('aborted'));
});

test('the origin is asked on while somebody waits', async () => {
  const { namespace } = fixture();
  const controller = new AbortController();
  const origin = controlled<string>();
  const first = namespace.fetch('fleet', origin.loader, { signal: controller.signal });
  const second = namespace.fetch('fleet', origin.loader);
  await settle();
  controller.abort(new Error('enough'));
  await expect(first).rejects.toThrow('enough');
  expect(origin.calls[0]?.signal.aborted).toBe(false);
  origin.answer('answer');
  expect(await second).toMatchObject({ value: 'answer', source: 'peer' });
});

test('who comes after everyone has gone asks anew', async () => {
  const { namespace, clock } = fixture();
  const controller = new AbortController();
  const origin = controlled<string>();
  const first = namespace.fetch('fleet', origin.loader, { signal: controller.signal });
  await settle();
  controller.abort(new Error('enough'));
  await expect(first).rejects.toThrow('enough');
  const second = namespace.fetch('fleet', origin.loader);
  await settle();
  // The first loader has not heeded its signal yet; one key is asked for once at a time.
  expect(origin.calls).toHaveLength(1);
  origin.fail(new Error('aborted'));
  await clock.advance(1000);
  origin.answer('second');
  expect(await second).toMatchObject({ value: 'second', source: 'origin' });
});

test('waiting for another process can be stopped', async () => {
  const { namespace, clock, directory } = fixture();
  const other = new Cache({ directory, clock }).namespace({ kind: 'vm_status', scope: ['cloud', 'sub-1'], policy });
  const origin = controlled<string>();
  const theirs = other.fetch('fleet', origin.loader);
  await settle();
  const controller = new AbortController();
  const mine = namespace.fetch('fleet', origin.loader, { signal: controller.signal });
  await clock.advance(500);
  controller.abort(new Error('enough'));
  await expect(mine).rejects.toThrow('enough');
  origin.answer('theirs');
  await theirs;
  expect(clock.pending).toBe(0);
});
