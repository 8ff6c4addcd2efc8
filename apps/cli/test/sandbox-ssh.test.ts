import { startAzureSim, type AzureSimOptions } from '@azfleet/azure-sim';
import { SshPool } from '@azfleet/ssh-pool';
import { spawn, spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { loadSettings } from '../src/settings/load-settings.ts';
import { createSandbox } from '../src/simulator/sandbox.ts';
import { testFleet } from './support/cli.ts';

/** Runs `hostname` on the first machine with nothing but what the sandbox says. */
async function hostnameThroughSandbox(options: AzureSimOptions): Promise<{ name: string; answer: string }> {
  const { sim, settings, sandbox } = await sandboxed(options);
  const machine = sim.fleet.machines().find(({ powerState, os }) => powerState === 'running' && os === 'Linux');
  const { name, privateIps, adminUsername, vmId } = machine!;
  const pool = new SshPool({
    homeDirectory: sandbox.azfleetEnv['HOME']!,
    env: { SSH_AUTH_SOCK: '/nobody/is/asked' },
    knownHosts: { own: join(sandbox.directory, 'known_hosts'), user: [settings.ssh.knownHosts], system: [] },
    configFiles: ['~/.ssh/config'],
  });
  onTestFinished(() => pool.close());
  const target = {
    name,
    host: privateIps[0]!,
    defaultUser: adminUsername,
    identityFiles: settings.ssh.identityFiles,
    hostKeyAlias: `azfleet-${vmId}`,
    mayAddHostKey: true,
    ...(settings.ssh.port === 22 ? {} : { port: settings.ssh.port }),
  };
  const { stdout } = await pool.exec(target, { command: 'hostname', collect: { maxBytes: 100 } }).result;
  return { name, answer: Buffer.from(stdout!).toString().trim() };
}

async function sandboxed(options: AzureSimOptions) {
  const sim = await startAzureSim({ machines: 4, ...options });
  const sandbox = createSandbox(sim);
  onTestFinished(async () => {
    await sim.close();
    sandbox.remove();
  });
  const homeDirectory = sandbox.azfleetEnv['HOME']!;
  const settings = await loadSettings({ env: sandbox.env, platform: 'linux', homeDirectory, overrides: {} });
  return { sim, sandbox, settings };
}

test('the sandbox leads to the machines at their addresses', async () => {
  const { name, answer } = await hostnameThroughSandbox({ ssh: { reach: 'addresses' } });
  expect(answer).toBe(name);
});

test('where there is one loopback address only, it leads to each at its own port', async () => {
  const { name, answer } = await hostnameThroughSandbox({ ssh: { reach: 'ports' } });
  expect(answer).toBe(name);
});

test('everything of SSH is in the sandbox, for its owner only', async () => {
  const { sim, sandbox, settings } = await sandboxed({ ssh: true });
  const [identityFile] = settings.ssh.identityFiles;
  expect(settings.ssh).toMatchObject({
    port: sim.ssh!.port,
    agent: 'off',
    knownHosts: join(sandbox.directory, '.ssh/known_hosts'),
  });
  expect(identityFile).toBe(join(sandbox.directory, '.ssh/id_ed25519'));
  for (const file of ['id_ed25519', 'known_hosts', 'config']) {
    expect(statSync(join(sandbox.directory, '.ssh', file)).mode & 0o777).toBe(0o600);
  }
  expect(statSync(join(sandbox.directory, '.ssh')).mode & 0o777).toBe(0o700);
  // The simulator takes its key away when it ends; the sandbox has one of its own.
  await sim.close();
  expect(readFileSync(identityFile!, 'utf8')).toContain('PRIVATE KEY');
});

const hasSsh = spawnSync('ssh', ['-V']).error === undefined;

test.skipIf(!hasSsh)('a plain ssh reads the sandbox too', async () => {
  const { sim, sandbox } = await sandboxed({ ssh: true });
  const { name, privateIps, adminUsername } = sim.fleet.machines()[0]!;
  const config = join(sandbox.directory, '.ssh/config');
  const child = spawn('ssh', ['-F', config, `${adminUsername}@${privateIps[0]}`, 'hostname']);
  let printed = '';
  child.stdout.on('data', (text) => (printed += text));
  const exitCode = await new Promise((resolve) => child.on('close', resolve));
  expect({ exitCode, printed }).toEqual({ exitCode: 0, printed: `${name}\n` });
});

test('without SSH hosts nothing is said of SSH', async () => {
  const { settings } = await sandboxed({});
  expect(settings.ssh).toMatchObject({ identityFiles: [], port: 22, agent: 'auto' });
});

test('azfleet run works in the sandbox, whichever way the machines are reached', async () => {
  for (const reach of ['addresses', 'ports'] as const) {
    const fleet = await testFleet({ machines: 4, ssh: { reach } });
    const { exitCode, stdout } = await fleet.azfleet(['run', 'web-01', 'db-01', '--', 'hostname']);
    expect({ reach, exitCode, lines: stdout.trimEnd().split('\n').toSorted() }).toEqual({
      reach,
      exitCode: 0,
      lines: ['db-01: db-01', 'web-01: web-01'],
    });
  }
});
