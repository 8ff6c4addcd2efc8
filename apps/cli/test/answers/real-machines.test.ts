import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { executable, testFleet } from '../support/cli.ts';
import { fleetOnSshd } from '../support/machines.ts';
import { withoutSshd } from '../support/sshd.ts';

test.skipIf(withoutSshd)('ps on a real machine finds this very process', async () => {
  const { azfleet } = await fleetOnSshd(['real-01', 'real-02']);
  const { exitCode, stdout } = await azfleet(['ps', '--all', '-o', 'json']);
  expect(exitCode).toBe(0);
  const machines: { status: string; processes: { pid: number; user: string; args: string }[] }[] =
    JSON.parse(stdout).machines;
  expect(machines.map(({ status }) => status)).toEqual(['ok', 'ok']);
  for (const { processes } of machines) {
    expect(processes.find(({ pid }) => pid === process.pid)).toMatchObject({ user: userInfo().username });
    expect(processes.filter(({ args }) => args.includes('ps -eww'))).toEqual([]);
  }
});

test.skipIf(withoutSshd)('w on a real machine', async () => {
  const { azfleet } = await fleetOnSshd();
  const { exitCode, stdout } = await azfleet(['w', 'real-01', '-o', 'json']);
  expect(exitCode).toBe(0);
  expect(JSON.parse(stdout).machines).toMatchObject([{ name: 'real-01', status: 'ok', users: expect.any(Array) }]);
});

test.skipIf(withoutSshd)('a machine without the programs is told, with the remedy', async () => {
  const { azfleet } = await fleetOnSshd(['real-01'], { sshd: ['SetEnv PATH=/nonexistent'] });
  const { exitCode, stdout, stderr } = await azfleet(['w', 'real-01', '-o', 'csv']);
  expect(exitCode).toBe(1);
  expect(stdout).toBe('name,status,user,tty,from,login,idle,what\nreal-01,failed,,,,,,\n');
  expect(stderr).toContain('real-01: there is no w; install procps there, whose w azfleet reads');
});

test.skipIf(withoutSshd)('a machine that takes too long to answer is given up', async () => {
  const { azfleet } = await fleetOnSshd(['real-01'], { sshd: [`SetEnv PATH=${slowPrograms()}`] });
  const { exitCode, stdout, stderr } = await azfleet(['w', 'real-01', '--timeout', '200ms', '-o', 'json']);
  expect(exitCode).toBe(124);
  expect(JSON.parse(stdout).machines).toMatchObject([
    { status: 'timeout', users: null, error: { code: 'SSH_COMMAND_TIMEOUT' } },
  ]);
  expect(stderr).toMatch(/^real-01: /m);
});

/** A folder whose `env` does not end. */
function slowPrograms(): string {
  const folder = mkdtempSync(join(tmpdir(), 'azfleet-slow-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, 'env'), '#!/bin/sh\nexec /bin/sleep 60\n', { mode: 0o755 });
  return folder;
}

test('Ctrl-C: what there is, is printed', async () => {
  const { sim, env } = await testFleet({ machines: 4, ssh: true });
  sim.ssh!.inject('web-02', 'silent');
  const child = spawn(process.execPath, [executable, 'w', '--all', '-o', 'json'], { env });
  let stdout = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  const ended = new Promise((resolve) => child.on('close', resolve));
  while (sim.stats().ssh!.commands < 3) await new Promise((resolve) => setTimeout(resolve, 5));
  child.kill('SIGINT');
  expect(await ended).toBe(130);
  const machines: { name: string; status: string; users: unknown }[] = JSON.parse(stdout).machines;
  expect(machines).toHaveLength(4);
  expect(machines.find(({ name }) => name === 'web-02')).toMatchObject({ status: 'aborted', users: null });
  expect(machines.filter(({ status }) => status === 'ok' || status === 'aborted')).toHaveLength(4);
});
