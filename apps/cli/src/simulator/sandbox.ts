import type { AzureSim } from '@azfleet/azure-sim';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeSshFiles } from './sandbox-ssh.ts';

/** Throw-away folders and a configuration that point azfleet at a simulator, so that nothing of the user's is touched. */
export interface Sandbox {
  readonly directory: string;
  /** What a process needs besides its own environment. */
  readonly env: Readonly<Record<string, string>>;
  /**
   * What azfleet itself gets: `env`, and the sandbox as its home directory, so that it reads the sandbox's `.ssh/config`
   * and not the user's, which may lead the names of simulated machines to real ones. Other programs keep their home.
   */
  readonly azfleetEnv: Readonly<Record<string, string>>;
  remove(): void;
}

export function createSandbox(sim: AzureSim): Sandbox {
  const directory = mkdtempSync(join(tmpdir(), 'azfleet-sim-')); // 0700 by itself
  const configFile = join(directory, 'config.toml');
  // The simulator takes its own away when it ends; what was asked of it can then still be refused as it should be.
  const caFile = join(directory, 'ca.pem');
  copyFileSync(sim.caPath, caFile);
  writeFileSync(configFile, configuration(sim, directory, caFile), { mode: 0o600, flag: 'wx' });
  const folder = (name: string): string => {
    const path = join(directory, name);
    mkdirSync(path, { mode: 0o700 });
    return path;
  };
  const env = {
    ...sim.env,
    AZFLEET_CONFIG: configFile,
    AZFLEET_CONTEXT: 'sim',
    AZFLEET_CACHE_DIR: folder('cache'),
    AZFLEET_STATE_DIR: folder('state'),
    AZFLEET_RUNTIME_DIR: folder('run'),
    AZURE_CONFIG_DIR: folder('az'),
  };
  return {
    directory,
    env,
    azfleetEnv: { ...env, HOME: directory, USERPROFILE: directory },
    remove: () => rmSync(directory, { recursive: true, force: true }),
  };
}

function configuration(sim: AzureSim, directory: string, caFile: string): string {
  const subscriptions = sim.subscriptions.map(({ id }) => id);
  return [
    'default_context = "sim"',
    '',
    '[contexts.sim]',
    `subscriptions = ${JSON.stringify(subscriptions)}`,
    `endpoint = ${JSON.stringify(sim.endpoint)}`,
    `ca_file = ${JSON.stringify(caFile)}`,
    'credential = "managed-identity"',
    ...(sim.ssh === undefined ? [] : sshConfiguration(sim, directory)),
    '',
  ].join('\n');
}

function sshConfiguration(sim: AzureSim, directory: string): string[] {
  const { identityFile, knownHosts, port } = writeSshFiles(sim, directory);
  return [
    '',
    '[contexts.sim.ssh]',
    `identity_files = ${JSON.stringify([identityFile])}`,
    `known_hosts = ${JSON.stringify(knownHosts)}`,
    ...(port === undefined ? [] : [`port = ${port}`]),
    'agent = "off"',
  ];
}
