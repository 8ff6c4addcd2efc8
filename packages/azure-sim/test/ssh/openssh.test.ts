import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { AzureSim } from '../../src/index.ts';
import { start } from '../support/simulators.ts';
import { endpointOf, sshOf } from '../support/ssh.ts';

const missing = !(process.env['PATH'] ?? '').split(delimiter).some((directory) => existsSync(join(directory, 'ssh')));

function ssh(sim: AzureSim, name: string, knownHosts: string, command: string) {
  const { host, port } = endpointOf(sim, name);
  const user = sim.fleet.machines().find((machine) => machine.name === name)?.adminUsername ?? '';
  const options = [
    'BatchMode=yes',
    'IdentitiesOnly=yes',
    'StrictHostKeyChecking=yes',
    `UserKnownHostsFile=${knownHosts}`,
  ];
  const flags = [...options, 'GlobalKnownHostsFile=/dev/null'].flatMap((option) => ['-o', option]);
  const args = ['-F', '/dev/null', ...flags, '-i', sshOf(sim).privateKeyPath, '-p', String(port), `${user}@${host}`];
  return new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
    execFile('ssh', [...args, command], { maxBuffer: 10_000_000 }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr });
    });
  });
}

test.skipIf(missing)('the real ssh runs commands, and sees a changed host key', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'azure-sim-test-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const knownHosts = join(directory, 'known_hosts');
  const sim = await start({ machines: 1, ssh: true });
  const { host, port } = endpointOf(sim, 'web-01');
  writeFileSync(knownHosts, `[${host}]:${port} ${sshOf(sim).hostKey('web-01')}\n`);
  expect(await ssh(sim, 'web-01', knownHosts, 'hostname; exit 5')).toMatchObject({ code: 5, stdout: 'web-01\n' });
  expect((await ssh(sim, 'web-01', knownHosts, 'head -c 3000000 /dev/zero')).stdout.length).toBe(3_000_000);
  sshOf(sim).changeHostKey('web-01');
  const { code, stderr } = await ssh(sim, 'web-01', knownHosts, 'true');
  expect(code).toBe(255);
  expect(stderr).toContain('REMOTE HOST IDENTIFICATION HAS CHANGED');
});
