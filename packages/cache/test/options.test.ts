import { expect, test } from 'vitest';
import { Cache as Built, CacheError as BuiltError } from '../dist/index.js';
import { Cache, CacheError } from '../src/index.ts';
import { counting, fixture, minute } from './support/fixture.ts';

test.each([{ directory: '' }, { directory: '/x', maxBytes: 0 }, { directory: '/x', maxBytes: Number.NaN }])(
  'options that make no sense are refused: %j',
  (options) => {
    expect(() => new Cache(options)).toThrow(expect.objectContaining({ code: 'ERR_INVALID_OPTION' }));
  },
);

test.each([{ freshMs: -1 }, { freshMs: Number.NaN }, { freshMs: 1, staleIfErrorMs: -1 }])(
  'so are policies: %j',
  (policy) => {
    const { cache } = fixture();
    expect(() => cache.namespace({ kind: 'a', scope: [], policy })).toThrow(/^Expected `\w+` to be .*, got /);
  },
);

test('an entry may be fresh for ever', async () => {
  const { namespace, clock } = fixture({ policy: { freshMs: Infinity } });
  await namespace.set('fleet', 1);
  await clock.advance(1e12);
  expect(namespace.readSync('fleet')).toMatchObject({ value: 1, freshness: 'fresh' });
});

test('an error of another installed copy is one, and other errors are not', () => {
  let error: unknown;
  try {
    error = new Built({ directory: '' });
  } catch (caught) {
    error = caught;
  }
  expect(BuiltError).not.toBe(CacheError);
  expect(error instanceof CacheError).toBe(true);
  expect(error).toMatchObject({ name: 'CacheError', hint: expect.stringMatching(/\.$/) as string });
  for (const other of [new Error('x'), null, { code: 'ERR_INVALID_OPTION' }]) {
    expect((other as unknown) instanceof CacheError).toBe(false);
  }
});

test('a cache is a resource that waits for its background work when it is disposed of', async () => {
  const { cache, namespace, clock } = fixture();
  await namespace.set('fleet', 'old');
  await clock.advance(minute + 1);
  const loader = counting();
  await namespace.fetch('fleet', loader, { mode: 'stale-while-revalidate' });
  await cache[Symbol.asyncDispose]();
  expect(loader.calls).toBe(1);
});
