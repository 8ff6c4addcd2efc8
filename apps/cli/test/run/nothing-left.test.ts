import { execFile } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { executable } from '../support/cli.ts';
import { fleetOfMachines } from '../support/machines.ts';

test('in the end no socket, timer or file is open', async () => {
  const fleet = await fleetOfMachines(12);
  fleet.ssh.inject('vm-03', 'silent');
  fleet.ssh.inject('vm-04', 'refuse');
  const report = join(fleet.sandbox.directory, 'left.json');
  const probe = join(fleet.sandbox.directory, 'probe.cjs');
  // The exit code is set when all is done. This fires after it where something still keeps the process running, which
  // may be the last turn of what is being closed. The pipes are those of the test, which other people's modules look at.
  writeFileSync(
    probe,
    `setInterval(() => {
       if (process.exitCode === undefined) return;
       require('node:fs').writeFileSync(${JSON.stringify(report)}, JSON.stringify(process.getActiveResourcesInfo().filter((name) => name !== 'PipeWrap')));
     }, 1).unref();`,
  );
  for (const args of [[], ['--group'], ['-o', 'json'], ['--quiet'], ['--halt', '1', '--waves', '2']]) {
    const words = [
      '--require',
      probe,
      executable,
      'run',
      '--all',
      '--connect-timeout',
      '500ms',
      ...args,
      '--',
      'hostname',
    ];
    await new Promise<void>((resolve) => execFile(process.execPath, words, { env: fleet.env }, () => resolve()));
    expect(existsSync(report) ? readFileSync(report, 'utf8') : '[]').toBe('[]');
  }
});

test('a reader that goes away ends it: what runs is ended, and nothing more is started', async () => {
  const fleet = await fleetOfMachines(4);
  const words = ['run', '--all', '--width', '2', '--', 'seq 100000000'];
  const command = `${JSON.stringify(process.execPath)} ${JSON.stringify(executable)} ${words.join(' ').replace('seq 100000000', "'seq 100000000'")}`;
  const [status, stdout, stderr] = await new Promise<[number | null, string, string]>((resolve) => {
    const script = `set -o pipefail; ${command} | head -n 3`;
    execFile('bash', ['-c', script], { env: fleet.env }, (error, out, err) =>
      resolve([error === null ? 0 : Number(error.code), out, err]),
    );
  });
  expect(status).toBe(130);
  expect(stdout.trim().split('\n')).toHaveLength(3);
  expect(stderr).toMatch(/^0 ok · 2 aborted · 2 skipped \(output closed\) · /m);
});
