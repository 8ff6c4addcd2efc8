import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { testFleet } from './support/cli.ts';

test('names come from a file, one a line, with comments', async () => {
  const fleet = await testFleet();
  const file = join(fleet.sandbox.directory, 'names');
  writeFileSync(file, '# the web\nweb-01\r\n\n  WEB-02  # the second\n');
  const { stdout } = await fleet.azfleet(['list', '--targets-from', file, 'db-01', '-o', 'tsv', '--columns', 'name']);
  expect(stdout.trim().split('\n').toSorted()).toEqual(['db-01', 'web-01', 'web-02']);
});

test('a file without a name selects nothing: exit code 3', async () => {
  const fleet = await testFleet();
  const file = join(fleet.sandbox.directory, 'names');
  writeFileSync(file, '# nothing yet\n');
  const { exitCode, stdout, stderr } = await fleet.azfleet(['list', '--targets-from', file]);
  expect([exitCode, stdout]).toEqual([3, '']);
  expect(stderr).toBe(`azfleet: --targets-from ${file}: no name in it; write one machine a line\n`);
});
