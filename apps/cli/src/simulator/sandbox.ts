import type { AzureSim } from '@azfleet/azure-sim';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Throw-away folders and a configuration that point azfleet at a simulator, so that nothing of the user's is touched. */
export interface Sandbox {
  readonly directory: string;
  /** What a process needs besides its own environment. */
  readonly env: Readonly<Record<string, string>>;
  remove(): void;
}

export function createSandbox(sim: AzureSim): Sandbox {
  const directory = mkdtempSync(join(tmpdir(), 'azfleet-sim-')); // 0700 by itself
  const configFile = join(directory, 'config.toml');
  // The simulator takes its own away when it ends; what was asked of it can then still be refused as it should be.
  const caFile = join(directory, 'ca.pem');
  copyFileSync(sim.caPath, caFile);
  writeFileSync(configFile, configuration(sim, caFile), { mode: 0o600, flag: 'wx' });
  const folder = (name: string): string => {
    const path = join(directory, name);
    mkdirSync(path, { mode: 0o700 });
    return path;
  };
  return {
    directory,
    env: {
      ...sim.env,
      AZFLEET_CONFIG: configFile,
      AZFLEET_CONTEXT: 'sim',
      AZFLEET_CACHE_DIR: folder('cache'),
      AZFLEET_STATE_DIR: folder('state'),
      AZFLEET_RUNTIME_DIR: folder('run'),
      AZURE_CONFIG_DIR: folder('az'),
    },
    remove: () => rmSync(directory, { recursive: true, force: true }),
  };
}

function configuration(sim: AzureSim, caFile: string): string {
  const subscriptions = sim.subscriptions.map(({ id }) => id);
  return [
    'default_context = "sim"',
    '',
    '[contexts.sim]',
    `subscriptions = ${JSON.stringify(subscriptions)}`,
    `endpoint = ${JSON.stringify(sim.endpoint)}`,
    `ca_file = ${JSON.stringify(caFile)}`,
    'credential = "managed-identity"',
    '',
  ].join('\n');
}
