import { expect, test } from 'vitest';
import { linked, linkTo } from '../../src/report/link.ts';

test('a link reads like the name', () => {
  expect(linkTo('start-up/list-1000/azfleet')).toBe('#start-up/list-1000/azfleet');
});

test('any name comes back as it was', () => {
  for (const name of ['a/b/c', 'a b/<c>/"d"', 'ü/%41/#', '/', '']) expect(linked(linkTo(name)) ?? '').toBe(name);
});

test('no hash, and a broken one, are no benchmark', () => {
  expect(linked('')).toBeUndefined();
  expect(linked('#')).toBeUndefined();
  expect(linked('#%zz')).toBeUndefined();
});
