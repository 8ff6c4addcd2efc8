import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { abortWhen } from '../support/abort-when.ts';
import { fleetOnSshd } from '../support/machines.ts';
import { withoutSshd } from '../support/sshd.ts';

test.skipIf(withoutSshd)('COMMAND is joined by spaces and read by the shell over there, as with ssh', async () => {
  const { azfleet } = await fleetOnSshd();
  const { exitCode, stdout } = await azfleet([
    'run',
    'real-01',
    '--',
    'echo',
    '$((6 * 7))',
    '"a  b"',
    "'$HOME'",
    '&& exit 5',
  ]);
  expect([exitCode, stdout]).toEqual([5, '42 a  b $HOME\n']);
});

test.skipIf(withoutSshd)('a signal that ends the command is 128 and its number', async () => {
  const { azfleet } = await fleetOnSshd();
  for (const [signal, code] of [
    ['TERM', 143],
    ['KILL', 137],
  ] as const) {
    expect((await azfleet(['run', 'real-01', '--', `kill -${signal} $$`])).exitCode).toBe(code);
  }
  const { stdout, stderr } = await azfleet(['run', '--all', '-o', 'json', '--', 'kill -TERM $$']);
  expect(JSON.parse(stdout).machines[0]).toMatchObject({ status: 'failed', exitCode: null, signal: 'TERM' });
  expect(stderr).toMatch(/^0 ok · 1 failed \(signal TERM\) · /m);
});

test.skipIf(withoutSshd)('bytes of any kind pass as they are', async () => {
  const { azfleet } = await fleetOnSshd();
  const all = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
  const octal = [...all].map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('');
  const { exitCode, bytes } = await azfleet(['run', 'real-01', '--', `printf '${octal}'`]);
  expect(exitCode).toBe(0);
  expect(bytes!.equals(all)).toBe(true);
  const { stdout } = await azfleet(['run', '--all', '-o', 'json', '--', `printf '${octal}'`]);
  const [{ stdout: encoded, stdoutEncoding }] = JSON.parse(stdout).machines;
  expect([stdoutEncoding, Buffer.from(encoded, 'base64').equals(all)]).toEqual(['base64', true]);
});

test.skipIf(withoutSshd)('stdout and stderr are told apart', async () => {
  const { azfleet } = await fleetOnSshd(['real-01', 'real-02']);
  expect(await azfleet(['run', 'real-01', '--', 'echo out; echo err >&2'])).toMatchObject({
    stdout: 'out\n',
    stderr: 'err\n',
  });
  const { stdout, stderr } = await azfleet(['run', '--all', '--', 'echo out; echo err >&2']);
  expect(stdout.split('\n').toSorted()).toEqual(['', 'real-01: out', 'real-02: out']);
  expect(
    stderr
      .split('\n')
      .filter((line) => line.endsWith('err'))
      .toSorted(),
  ).toEqual(['real-01: err', 'real-02: err']);
});

test.skipIf(withoutSshd)('a command that is given up finds nobody to write to', async () => {
  const { azfleet, sandbox } = await fleetOnSshd();
  const file = join(sandbox.directory, 'pid');
  const command = `echo $$ >${file}.new; mv ${file}.new ${file}; while echo still here; do sleep 0.01; done`;
  const interrupt = abortWhen(() => existsSync(file));
  expect((await azfleet(['run', 'real-01', '--', command], { interrupt })).exitCode).toBe(130);
  const pid = Number(readFileSync(file, 'utf8'));
  while (isRunning(pid)) await new Promise((resolve) => setImmediate(resolve));
});

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
