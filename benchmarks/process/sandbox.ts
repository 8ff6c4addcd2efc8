import { startAzureSim, type AzureSim, type AzureSimOptions } from '@azfleet/azure-sim';
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** The built command line. */
export const azfleet = join(
  dirname(createRequire(import.meta.url).resolve('azfleet/package.json')),
  'dist/azfleet.cjs',
);

/** A simulated Azure, and throw-away folders for azfleet. */
export interface Sandbox {
  readonly sim: AzureSim;
  readonly env: NodeJS.ProcessEnv;
  readonly directory: string;
  /** Runs azfleet and tells how long its process took, from spawn to close. It must end with exit code 0. */
  azfleet(...args: string[]): Promise<number>;
  forgetCache(): void;
  close(): Promise<void>;
}

export async function openSandbox(options: AzureSimOptions): Promise<Sandbox> {
  const sim = await startAzureSim({ throttle: false, ...options });
  const directory = mkdtempSync(join(tmpdir(), 'azfleet-bench-'));
  const folder = (name: string): string => {
    mkdirSync(join(directory, name), { mode: 0o700 });
    return join(directory, name);
  };
  const env = {
    ...process.env,
    ...sim.env,
    HOME: directory,
    NO_PROXY: '127.0.0.1,localhost',
    AZFLEET_CONFIG: join(directory, 'config.toml'),
    AZFLEET_CACHE_DIR: folder('cache'),
    AZFLEET_STATE_DIR: folder('state'),
    AZURE_CONFIG_DIR: folder('az'),
  };
  writeFileSync(env.AZFLEET_CONFIG, configuration(sim));
  return {
    sim,
    env,
    directory,
    azfleet: (...args) => wallMs([azfleet, ...args], env),
    forgetCache: () => rmSync(join(env.AZFLEET_CACHE_DIR, 'v1'), { recursive: true, force: true }),
    async close() {
      await sim.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

function configuration(sim: AzureSim): string {
  return [
    'default_context = "sim"',
    '[contexts.sim]',
    `subscriptions = ["${sim.subscriptions[0].id}"]`,
    `endpoint = "${sim.endpoint}"`,
    `ca_file = "${sim.caPath}"`,
    'credential = "managed-identity"',
    // Nothing expires while it is measured.
    '[cache]',
    'vm_list = "1d"',
    'vm_status = "1d"',
    'public_ip = "1d"',
    '',
  ].join('\n');
}

/** Milliseconds of a Node process from spawn to close. Not spawnSync: the simulator lives in this process. */
export function wallMs(args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.resume();
    child.stderr.resume();
    child.on('error', reject);
    child.on('close', (code) => {
      const elapsed = performance.now() - started;
      if (code === 0) resolve(elapsed);
      else reject(new Error(`node ${args.join(' ')} ended with ${code}`));
    });
  });
}

/** Median and quartiles. */
export function spread(values: readonly number[], unit: string): string {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number): string => sorted[Math.floor((sorted.length - 1) * share)]!.toFixed(2);
  return `${at(0.5)} ${unit} [${at(0.25)}-${at(0.75)}]`;
}

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) / 2)]!;
}
