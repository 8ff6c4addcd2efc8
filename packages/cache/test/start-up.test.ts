import { expect, test } from 'vitest';
import { runChild } from './support/child.ts';

test('importing the package loads nothing of Node but fs, path and diagnostics_channel', async () => {
  expect(JSON.parse(await runChild('loaded-modules.mjs'))).toEqual([]);
});
