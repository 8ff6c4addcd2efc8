import {
  chmodSync,
  chownSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { testFleet, type TestFleet } from './support/cli.ts';

/** Every entry file below the cache directory. */
function entries(fleet: TestFleet): string[] {
  const directory = fleet.env['AZFLEET_CACHE_DIR']!;
  const files = readdirSync(directory, { recursive: true, encoding: 'utf8' }).map((file) => join(directory, file));
  return files.filter((file) => file.endsWith('.json') && statSync(file).isFile());
}

const isRoot = process.getuid?.() === 0;

const TROUBLES: readonly (readonly [string, (file: string) => void])[] = [
  ['empty', (file) => truncateSync(file, 0)],
  ['cut off', (file) => truncateSync(file, Math.floor(statSync(file).size / 2))],
  ['garbage', (file) => writeFileSync(file, '\u0000{"v":1}\n[[[[')],
  ['writable by everybody', (file) => chmodSync(file, 0o666)],
  [
    'a symbolic link',
    (file) => {
      renameSync(file, `${file}.moved`);
      symlinkSync(`${file}.moved`, file);
    },
  ],
  [
    'a directory',
    (file) => {
      rmSync(file);
      mkdirSync(file);
    },
  ],
  ['oversized', (file) => truncateSync(file, 300_000_000)],
  ...(isRoot ? [['of another user', (file: string) => chownSync(file, 12_345, 12_345)] as const] : []),
];

test.each(TROUBLES)('entries that are %s: the command works and warns once at most', async (_, damage) => {
  const fleet = await testFleet();
  const before = await fleet.azfleet(['list', '-o', 'json']);
  for (const file of entries(fleet)) damage(file);
  fleet.calls();
  const after = await fleet.azfleet(['list', '-o', 'json']);
  expect(after.exitCode).toBe(0);
  expect(JSON.parse(after.stdout).vms).toEqual(JSON.parse(before.stdout).vms);
  expect(fleet.calls()).toBe(4);
  const warnings = after.stderr.split('\n').filter((line) => line.startsWith('azfleet:'));
  expect(warnings.length).toBeLessThanOrEqual(1);
});

test('where the cache directory cannot be written to, the command works and warns once', async () => {
  const fleet = await testFleet();
  const file = join(fleet.sandbox.directory, 'no-directory');
  writeFileSync(file, '');
  const { exitCode, stdout, stderr } = await fleet.azfleet(['list', '-o', 'json'], {
    env: { AZFLEET_CACHE_DIR: join(file, 'cache') },
  });
  expect(exitCode).toBe(0);
  expect(JSON.parse(stdout).vms).toHaveLength(12);
  expect(stderr.split('\n').filter((line) => line.startsWith('azfleet:'))).toHaveLength(1);
});

test('what is created is private', async () => {
  const fleet = await testFleet();
  const cache = join(fleet.sandbox.directory, 'new', 'cache');
  await fleet.process(['list'], { env: { AZFLEET_CACHE_DIR: cache } });
  const all = readdirSync(cache, { recursive: true, encoding: 'utf8' }).map((file) => statSync(join(cache, file)));
  expect(all.length).toBeGreaterThan(5);
  for (const stat of [statSync(cache), ...all]) expect(stat.mode & 0o777).toBe(stat.isDirectory() ? 0o700 : 0o600);
});
