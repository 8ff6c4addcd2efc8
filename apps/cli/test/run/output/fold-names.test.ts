import { expect, test } from 'vitest';
import { foldNames } from '../../../src/run/output/fold-names.ts';
import { randomFrom } from './support.ts';

const folded = (...names: string[]): string => foldNames(names).join(' ');

test('numbers that follow one another become ranges', () => {
  expect(folded('web-01', 'web-02', 'web-03', 'web-07')).toBe('web-[01-03,07]');
  expect(folded('vm1', 'vm2')).toBe('vm[1-2]');
});

test('one name stays as it is, a name given twice counts once', () => {
  expect(folded('web-01')).toBe('web-01');
  expect(folded('db', 'db')).toBe('db');
  expect(folded('web-01', 'web-01')).toBe('web-01');
  expect(folded()).toBe('');
});

test('numbers are sorted, folds are in the order of their first names', () => {
  expect(folded('web-3', 'db-2', 'web-1', 'db', 'db-1', 'web-2')).toBe('web-[1-3] db-[1-2] db');
});

test('leading zeros are kept, and what has other ones is not the same', () => {
  expect(folded('vm-8', 'vm-9', 'vm-10')).toBe('vm-[8-10]');
  expect(folded('vm-08', 'vm-09', 'vm-10')).toBe('vm-[08-10]');
  expect(folded('vm-1', 'vm-01', 'vm-001')).toBe('vm-[1,01,001]');
  expect(folded('vm-99', 'vm-100', 'vm-098')).toBe('vm-[99,098,100]');
  expect(folded('vm-0', 'vm-1')).toBe('vm-[0-1]');
});

test('of several numbers the last one that differs is folded', () => {
  expect(folded('r1-n1', 'r1-n2', 'r2-n1', 'r2-n2')).toBe('r1-n[1-2] r2-n[1-2]');
  expect(folded('vm1-eu-2', 'vm2-eu-2', 'vm3-eu-2')).toBe('vm[1-3]-eu-2');
  expect(folded('a1b1', 'a2b1', 'a1b2')).toBe('a1b[1-2] a2b1');
});

test('the part behind the number counts', () => {
  expect(folded('web-1-eu', 'web-2-eu', 'web-1-us')).toBe('web-[1-2]-eu web-1-us');
});

test('names that begin with their number', () => {
  expect(folded('1', '2', '3')).toBe('[1-3]');
  expect(folded('GROUP/1', 'GROUP/2')).toBe('GROUP/[1-2]');
});

test('numbers too long to count with are left alone', () => {
  const long = ['vm-20240101120000000', 'vm-20240101120000001'];
  expect(foldNames(long)).toEqual(long);
});

test('unfolding gives the same names, whatever they are', () => {
  for (let seed = 1; seed <= 500; seed += 1) {
    const names = randomNames(randomFrom(seed));
    const unfolded = foldNames(names).flatMap(expand);
    expect(unfolded.toSorted(), `seed ${seed}`).toEqual([...new Set(names)].toSorted());
  }
});

test('1,000 machines that are numbered through are one word', () => {
  const names = Array.from({ length: 1000 }, (_, index) => `vm-${String(index + 1).padStart(4, '0')}`);
  expect(foldNames(names)).toEqual(['vm-[0001-1000]']);
});

/** Names with a few letters, separators and numbers, many of them alike. */
function randomNames(random: (below: number) => number): string[] {
  const words = ['', 'a', 'web', 'db-', '_x', '.', 'G/'];
  const number = (): string => String(random(12)).padStart(random(4), '0');
  return Array.from({ length: random(40) }, () => {
    let name = '';
    for (let parts = random(3); parts >= 0; parts -= 1)
      name += words[random(words.length)]! + (random(4) > 0 ? number() : '');
    return name === '' ? 'empty' : name;
  });
}

/** `web-[01-03,07]` → its names. Written apart from what is tested. */
function expand(word: string): string[] {
  const match = /^(.*)\[(.*)\](.*)$/.exec(word);
  if (match === null) return [word];
  const [, before, ranges, after] = match;
  return ranges!.split(',').flatMap((range) => {
    const [first, last = first] = range.split('-');
    const count = Number(last) - Number(first) + 1;
    return Array.from(
      { length: count },
      (_, index) => before! + String(Number(first) + index).padStart(first!.length, '0') + after!,
    );
  });
}
