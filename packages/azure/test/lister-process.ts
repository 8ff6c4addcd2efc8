import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

import type { AzureConnection, InventoryOptions } from '../src/index.ts';
import { POLICIES, type Scene } from './scene.ts';

export interface Outcome {
  vms: number;
  azureCalls: number;
  errors: { message: string }[];
  sources: string[];
  /** The exit code of the process. */
  code: number;
}

/** A process that has loaded everything and waits to be told to list. */
export interface ListerProcess {
  ready: Promise<unknown>;
  list(): Promise<Outcome>;
}

export interface ListerOptions {
  env?: Readonly<Record<string, string>>;
  /** Members of the scene's connection that are different. */
  connection?: { [K in keyof AzureConnection]?: AzureConnection[K] | undefined };
  options?: Pick<InventoryOptions, 'requestTimeoutMs'>;
}

export function startLister(scene: Scene, options: ListerOptions = {}): ListerProcess {
  const { env: _, ...connection } = { ...scene.connection, ...options.connection };
  const argument = JSON.stringify({
    connection,
    directory: join(scene.directory, 'cache'),
    options: options.options,
    policies: POLICIES,
    subscription: scene.subscription,
  });
  const child = spawn(process.execPath, [fileURLToPath(new URL('./lister.mjs', import.meta.url)), argument], {
    env: { ...process.env, ...scene.sim.env, ...options.env },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    ready: lines.next(),
    async list() {
      child.stdin.end('go\n');
      const { value } = await lines.next();
      const [code] = (await exited) as [number];
      return { ...(JSON.parse(String(value)) as Omit<Outcome, 'code'>), code };
    },
  };
}

/** Starts one, lets it list, and waits for its end. */
export async function listInProcess(...options: Parameters<typeof startLister>): Promise<Outcome> {
  const lister = startLister(...options);
  await lister.ready;
  return lister.list();
}
