import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { vm } from '../../support/vm.ts';
import { inPieces, randomFrom, sinkFor, temporaryDirectory } from './support.ts';

const modeOf = (path: string): number => statSync(path).mode & 0o777;

test('a file a machine and stream, byte for byte, and nothing is printed', async () => {
  const directory = join(temporaryDirectory(), 'new', 'logs');
  const random = randomFrom(4);
  const bytes = Buffer.from(Array.from({ length: 3000 }, () => random(256)));
  const sink = sinkFor(['web-1', 'web-2'], { flags: ['--out-dir', directory] });
  for (const piece of inPieces(bytes, random, 200)) await sink.says(0, piece);
  await sink.says(1, 'warning\n', 'stderr');
  await sink.ends(0);
  await sink.ends(1);
  await sink.end();
  expect(readdirSync(directory).toSorted()).toEqual(['web-1.out', 'web-2.err', 'web-2.out']);
  expect(readFileSync(join(directory, 'web-1.out')).equals(bytes)).toBe(true);
  expect(readFileSync(join(directory, 'web-2.err'), 'utf8')).toBe('warning\n');
  expect(readFileSync(join(directory, 'web-2.out'), 'utf8')).toBe('');
  expect(sink.stdout() + sink.stderr()).toBe('');
});

test.skipIf(process.platform === 'win32')('only the user can read them', async () => {
  const directory = join(temporaryDirectory(), 'logs');
  const sink = sinkFor(['vm'], { flags: ['--out-dir', directory] });
  await sink.says(0, 'secret');
  await sink.ends(0);
  expect(modeOf(directory)).toBe(0o700);
  expect(modeOf(join(directory, 'vm.out'))).toBe(0o600);
});

test('what comes can be read while it comes', async () => {
  const directory = temporaryDirectory();
  const sink = sinkFor(['vm'], { flags: ['--out-dir', directory] });
  await sink.says(0, 'first ');
  expect(readFileSync(join(directory, 'vm.out'), 'utf8')).toBe('first ');
  await sink.says(0, 'second');
  expect(readFileSync(join(directory, 'vm.out'), 'utf8')).toBe('first second');
});

test('what an earlier command left is replaced, that of skipped machines stays', async () => {
  const directory = temporaryDirectory();
  for (const file of ['a.out', 'a.err', 'b.out', 'b.err', 'c.out', 'c.err'])
    writeFileSync(join(directory, file), 'old');
  const sink = sinkFor(['a', 'b', 'c'], { flags: ['--out-dir', directory] });
  await sink.says(0, 'new');
  await sink.ends(0);
  await sink.ends(1, { status: 'unreachable' });
  await sink.ends(2, { status: 'skipped', reason: 'stopped' });
  const contents = Object.fromEntries(
    readdirSync(directory).map((file) => [file, readFileSync(join(directory, file), 'utf8')]),
  );
  expect(contents).toEqual({ 'a.out': 'new', 'b.out': '', 'c.out': 'old', 'c.err': 'old' });
});

test.skipIf(process.platform === 'win32')('a link that lies there is replaced, not written through', async () => {
  const directory = temporaryDirectory();
  const elsewhere = join(temporaryDirectory(), 'precious');
  writeFileSync(elsewhere, 'precious');
  symlinkSync(elsewhere, join(directory, 'vm.out'));
  const sink = sinkFor(['vm'], { flags: ['--out-dir', directory] });
  await sink.says(0, 'output');
  await sink.ends(0);
  expect(readFileSync(elsewhere, 'utf8')).toBe('precious');
  expect(readFileSync(join(directory, 'vm.out'), 'utf8')).toBe('output');
});

test('a name in two groups has two files', async () => {
  const directory = temporaryDirectory();
  const machines = [vm({ name: 'vm', resourceGroup: 'a' }), vm({ name: 'vm', resourceGroup: 'b' })];
  const sink = sinkFor(machines, { flags: ['--out-dir', directory] });
  await sink.says(0, 'one');
  await sink.says(1, 'two');
  expect(readFileSync(join(directory, 'a~vm.out'), 'utf8')).toBe('one');
  expect(readFileSync(join(directory, 'b~vm.out'), 'utf8')).toBe('two');
});

test('what -o or --group prints comes besides', async () => {
  const directory = temporaryDirectory();
  const sink = sinkFor(['vm'], { flags: ['--out-dir', directory, '--group'] });
  await sink.says(0, 'both\n');
  await sink.ends(0);
  await sink.end();
  expect(sink.stdout()).toBe('vm (1)\n──────\nboth\n');
  expect(readFileSync(join(directory, 'vm.out'), 'utf8')).toBe('both\n');
});

test('a directory that cannot be made is told before anything runs', () => {
  const file = join(temporaryDirectory(), 'file');
  writeFileSync(file, '');
  expect(() => sinkFor(['vm'], { flags: ['--out-dir', join(file, 'logs')] })).toThrow(
    expect.objectContaining({
      code: 'OUTPUT',
      exitCode: 1,
      message: `${join(file, 'logs')} cannot be written (ENOTDIR)`,
    }),
  );
});

test('a file that cannot be replaced is named', async () => {
  const directory = temporaryDirectory();
  mkdirSync(join(directory, 'a.out'));
  mkdirSync(join(directory, 'b.err'));
  const sink = sinkFor(['a', 'b'], { flags: ['--out-dir', directory] });
  await expect(sink.says(0, 'x')).rejects.toThrow(`${join(directory, 'a.out')} cannot be written (`);
  await expect(sink.ends(1)).rejects.toThrow(`${join(directory, 'b.err')} cannot be written (`);
});

test.skipIf(process.platform !== 'linux')('five hundred machines at once need few descriptors', async () => {
  const directory = temporaryDirectory();
  const names = Array.from({ length: 500 }, (_, index) => `vm-${index}`);
  const sink = sinkFor(names, { flags: ['--out-dir', directory] });
  const before = readdirSync('/proc/self/fd').length;
  let most = 0;
  const writing = Promise.all(
    names.map(async (name, machine) => {
      for (const piece of ['a', 'b', 'c']) {
        await sink.says(machine, piece);
        most = Math.max(most, readdirSync('/proc/self/fd').length);
      }
    }),
  );
  await writing;
  expect(most - before).toBeLessThanOrEqual(10);
  for (const name of names) expect(readFileSync(join(directory, `${name}.out`), 'utf8')).toBe('abc');
});
