import { spawnSync } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { scriptCommand } from '../../src/run/remote-command.ts';
import { fleetOnSshd } from '../support/machines.ts';
import { withoutSshd } from '../support/sshd.ts';

/** A machine with a directory for temporary files that the test can look into, and a script for it. */
async function fleetWithScript(text: string) {
  const fleet = await fleetOnSshd(['real-01', 'real-02']);
  const script = join(fleet.sandbox.directory, 'script');
  writeFileSync(script, text);
  return {
    ...fleet,
    script,
    run: (words: readonly string[]) => fleet.azfleet(['run', 'real-01', '--script', script, '--', ...words]),
  };
}

test.skipIf(withoutSshd)('a script gets the words after -- as they are, and its exit code is passed on', async () => {
  const { run } = await fleetWithScript('#!/bin/sh\nfor word; do echo "<$word>"; done\nexit 6\n');
  const { exitCode, stdout, stderr } = await run(['a b', '', "it's", '$HOME', '*', '"', '-n']);
  expect([exitCode, stdout, stderr]).toEqual([6, `<a b>\n<>\n<it's>\n<$HOME>\n<*>\n<">\n<-n>\n`, '']);
});

test.skipIf(withoutSshd)('it is run by what its first line names, with its one argument', async () => {
  const perl = await fleetWithScript('#!/usr/bin/env perl\nprint "perl @ARGV\\n";\n');
  expect((await perl.run(['x'])).stdout).toBe('perl x\n');
  const strict = await fleetWithScript('#!/bin/sh -e\nfalse\necho not reached\n');
  expect(await strict.run([])).toMatchObject({ exitCode: 1, stdout: '' });
  const plain = await fleetWithScript('echo "$0" | grep -c /script\n');
  expect((await plain.run([])).stdout).toBe('1\n');
});

test.skipIf(withoutSshd)(
  'its text is in no argument list, the file is for its owner only, and it is removed in the end',
  async () => {
    const { run } = await fleetWithScript(
      '#!/bin/sh\n# a secret word\nstat -c %a "$0" "${0%/*}"\ngrep -l "a secret word" /proc/[0-9]*/cmdline\necho "$0"\n',
    );
    const { stdout } = await run([]);
    const [file, directory, path, ...more] = stdout.trim().split('\n');
    expect([file, directory, more]).toEqual(['700', '700', []]);
    expect(path).toMatch(/^\/.*\/script$/);
    expect(() => readdirSync(join(path!, '..'))).toThrow('ENOENT');
  },
);

test.skipIf(withoutSshd)('it is removed also where it is killed', async () => {
  const { run } = await fleetWithScript('echo "$0"; kill -TERM "$PPID"; sleep 0.1\n');
  const { exitCode, stdout } = await run([]);
  expect(exitCode).toBe(143);
  expect(() => readdirSync(join(stdout.trim(), '..'))).toThrow('ENOENT');
});

test('what was cut off on its way is not run', () => {
  const script = Buffer.from('echo first\necho second\n');
  const command = scriptCommand(script, [], false);
  const whole = spawnSync('sh', ['-c', command], { input: script, encoding: 'utf8' });
  expect([whole.status, whole.stdout]).toEqual([0, 'first\nsecond\n']);
  const cut = spawnSync('sh', ['-c', command], { input: script.subarray(0, 11), encoding: 'utf8' });
  expect([cut.status, cut.stdout, cut.stderr]).toEqual([1, '', 'azfleet: the script did not arrive whole\n']);
});

test.skipIf(withoutSshd)('it finds the end of its input at once', async () => {
  const { run } = await fleetWithScript('cat; echo done\n');
  expect((await run([])).stdout).toBe('done\n');
});

test.skipIf(withoutSshd)('several machines at once each get it whole, a large one too', async () => {
  const lines = Array.from({ length: 40_000 }, (_, index) => `: filler ${index} ${'x'.repeat(40)}`);
  const fleet = await fleetWithScript(`${lines.join('\n')}\necho "end $1"\n`);
  const { exitCode, stdout } = await fleet.azfleet(['run', '--all', '--script', fleet.script, '--', 'here']);
  expect([exitCode, stdout.split('\n').toSorted()]).toEqual([0, ['', 'real-01: end here', 'real-02: end here']]);
});
