import { expect, it } from 'vitest';
import { compareCounts, type CountsOf } from '../../src/compare/counts.ts';

const nothing: CountsOf = { calls: null, handshakes: null, hits: null, misses: null, hitRatio: null };

const changes = (base: Partial<CountsOf>, now: Partial<CountsOf>): Record<string, string> =>
  Object.fromEntries(
    compareCounts({ ...nothing, ...base }, { ...nothing, ...now }).map(({ count, change }) => [count, change]),
  );

it('takes fewer calls, handshakes and misses as better, more of them as worse', () => {
  expect(changes({ calls: 4, handshakes: 2, misses: 1 }, { calls: 3, handshakes: 3, misses: 1 })).toEqual({
    calls: 'better',
    handshakes: 'worse',
    misses: 'equal',
  });
});

it('takes a higher hit ratio as better, and more hits as neither', () => {
  expect(changes({ hits: 4, hitRatio: 0.8 }, { hits: 5, hitRatio: 0.9 })).toEqual({
    hits: 'different',
    'hit ratio': 'better',
  });
  expect(changes({ hitRatio: 0.9 }, { hitRatio: 0.8 })).toEqual({ 'hit ratio': 'worse' });
});

it('tells one call in a thousand iterations', () => {
  expect(changes({ calls: 4 }, { calls: 4.001 })).toEqual({ calls: 'worse' });
});

it('does not see the last bits of a quotient', () => {
  expect(changes({ calls: 0.1 + 0.2 }, { calls: 0.3 })).toEqual({ calls: 'equal' });
});

it('takes what is counted no longer as worse, and what is counted now as different', () => {
  expect(changes({ calls: 4 }, { handshakes: 1 })).toEqual({ calls: 'worse', handshakes: 'different' });
});

it('has nothing to say where nothing is counted', () => {
  expect(changes({}, {})).toEqual({});
});
