import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { executable } from '../support/cli.ts';
import { fleetOfMachines, fleetOnSshd } from '../support/machines.ts';
import { withoutSshd } from '../support/sshd.ts';

test('without --stdin a command finds the end of its input at once', async () => {
  const { azfleet } = await fleetOfMachines(1);
  expect(await azfleet(['run', 'vm-01', '--', 'cat'], { stdin: 'not for it' })).toMatchObject({
    exitCode: 0,
    stdout: '',
  });
});

test('one machine reads it, any bytes', async () => {
  const { azfleet } = await fleetOfMachines(1);
  const all = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
  const { bytes } = await azfleet(['run', 'vm-01', '--stdin', '--', 'cat'], { stdin: all });
  expect(bytes!.equals(all)).toBe(true);
});

test('several machines read a copy each', async () => {
  const { azfleet } = await fleetOfMachines(3);
  const { stdout } = await azfleet(['run', '--all', '--stdin', '--', 'cat'], { stdin: 'for all' });
  expect(stdout.split('\n').toSorted()).toEqual(['', 'vm-01: for all', 'vm-02: for all', 'vm-03: for all']);
});

test('what is too long for memory is copied from a file that leaves nothing behind', async () => {
  const { azfleet } = await fleetOfMachines(3);
  const directory = mkdtempSync(join(tmpdir(), 'azfleet-test-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  const stdin = Buffer.alloc(5_000_000, 'abcdefg');
  const args = ['run', '--all', '--stdin', '--', 'wc -c'];
  const { stdout } = await azfleet(args, { stdin, env: { TMPDIR: directory } });
  expect(stdout.split('\n').toSorted()).toEqual(['', 'vm-01: 5000000', 'vm-02: 5000000', 'vm-03: 5000000']);
  expect(readdirSync(directory)).toEqual([]);
});

test.skipIf(withoutSshd)('one machine reads it while it is typed: a conversation', async () => {
  const { env } = await fleetOnSshd();
  const command = ['run', 'real-01', '--stdin', '--', 'while read word; do echo "got $word"; done'];
  const child = spawn(process.execPath, [executable, ...command], { env, stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdout.setEncoding('utf8');
  for (const word of ['one', 'two']) {
    child.stdin.write(`${word}\n`);
    expect(await once(child.stdout, 'data')).toEqual([`got ${word}\n`]);
  }
  child.stdin.end();
  expect(await once(child, 'close')).toEqual([0, null]);
});

test.skipIf(withoutSshd)('a command that does not read on ends the process, though stdin stays open', async () => {
  const { env } = await fleetOnSshd();
  const command = ['run', 'real-01', '--stdin', '--', 'exit 3'];
  const child = spawn(process.execPath, [executable, ...command], { env, stdio: ['pipe', 'ignore', 'inherit'] });
  expect(await once(child, 'close')).toEqual([3, null]);
});

test('Ctrl-C while several wait for the end of it: nothing is run', async () => {
  const { env, sim } = await fleetOfMachines(2);
  const words = ['run', '--all', '--stdin', '--', 'cat'];
  const child = spawn(process.execPath, [executable, ...words], { env, stdio: ['pipe', 'ignore', 'pipe'] });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  // The listing is through: from here on only stdin is waited for.
  while (sim.stats().byKind['public-ip-list'] === 0) await new Promise((resolve) => setImmediate(resolve));
  child.stdin.write('never ended');
  child.kill('SIGINT');
  expect(await once(child, 'close')).toEqual([130, null]);
  expect(stderr).toBe('azfleet: interrupted\n');
  expect(sim.stats().ssh!.commands).toBe(0);
});
