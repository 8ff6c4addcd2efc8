import { copyFile, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { type AzureSim, type AzureSimOptions, startAzureSim } from '@azfleet/azure-sim';
import { Cache } from '@azfleet/cache';
import { onTestFinished } from 'vitest';

import {
  accountScope,
  type AnswerKind,
  type AnswerPolicy,
  type AnswerStore,
  type AzureConnection,
  type Clock,
  createInventory,
  type Fleet,
  type Inventory,
  type InventoryEvent,
  type InventoryOptions,
  type ListRequest,
  readAzureProfile,
} from '../src/index.ts';
import { TestClock } from './clock.ts';
import { relayIdentity } from './identity-relay.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const grace = { staleWhileRevalidateMs: HOUR, staleIfErrorMs: 7 * 24 * HOUR };

/** The times to live of the command line's defaults. */
export const POLICIES: Record<AnswerKind, AnswerPolicy> = {
  vm_list: { freshMs: 5 * MINUTE, ...grace },
  vm_status: { freshMs: MINUTE, ...grace },
  nic: { freshMs: 10 * MINUTE, ...grace },
  public_ip: { freshMs: 10 * MINUTE, ...grace },
  subscriptions: { freshMs: 30 * MINUTE, ...grace },
  endpoint_metadata: { freshMs: 24 * HOUR },
  fleet: { freshMs: MINUTE, staleIfErrorMs: 7 * 24 * HOUR },
};

/** A simulated Azure, a real cache in a directory of its own, and a clock that the test moves. */
export interface Scene {
  readonly sim: AzureSim;
  readonly clock: TestClock;
  readonly directory: string;
  /** The first subscription. */
  readonly subscription: string;
  readonly connection: AzureConnection;
  readonly events: InventoryEvent[];
  readonly store: (connection?: AzureConnection) => AnswerStore;
  /** An inventory as a new process would have it: nothing is shared but the files. */
  readonly inventory: (options?: Partial<InventoryOptions>) => Inventory;
  /** Lists with a new inventory and closes it. */
  readonly list: (request?: Partial<ListRequest>, options?: Partial<InventoryOptions>) => Promise<Fleet>;
  /** What is in every file below the directory. */
  readonly storedText: () => Promise<string>;
}

/** Starts a scene that ends with the test. */
export async function startScene(simOptions: AzureSimOptions = {}): Promise<Scene> {
  const sim = await startSimOnNewPort(simOptions);
  const directory = await mkdtemp(join(tmpdir(), 'azfleet-azure-'));
  const clock = new TestClock();
  // Less than a request may take.
  clock.skipWaitsBelowMs = MINUTE / 2;
  const restore = setEnvironment(await relayIdentity(sim.env));
  onTestFinished(async () => {
    restore();
    await sim.close();
    await rm(directory, { recursive: true, force: true });
  });

  // The simulator takes its own file away when it ends, and some tests end it early.
  const caFile = join(directory, 'ca.pem');
  await copyFile(sim.caPath, caFile);

  const [first] = sim.subscriptions;
  const subscription = first?.id ?? '';
  const connection: AzureConnection = {
    cloud: 'AzurePublic',
    endpoint: sim.endpoint,
    caFile,
    credential: 'managed-identity',
    env: process.env,
  };
  const events: InventoryEvent[] = [];
  const store = (of = connection): AnswerStore => cacheStore(join(directory, 'cache'), clock, of);
  const inventory = (options: Partial<InventoryOptions> = {}): Inventory =>
    createInventory({
      connection,
      store: store(options.connection),
      clock,
      onEvent: (event) => void events.push(event),
      ...options,
    });
  return {
    sim,
    clock,
    directory,
    subscription,
    connection,
    events,
    store,
    inventory,
    list: async (request, options) => {
      const one = inventory(options);
      try {
        return await one.list({ subscriptions: [subscription], ...request });
      } finally {
        await one.close();
      }
    },
    storedText: () => textBelow(join(directory, 'cache')),
  };
}

const endpoints = new Set<string>();

/** The SDK keeps a managed identity's tokens for the life of the process, by endpoint: no simulator takes over another's. */
async function startSimOnNewPort(options: AzureSimOptions): Promise<AzureSim> {
  const sim = await startAzureSim(options);
  if (endpoints.size !== endpoints.add(sim.endpoint).size) return sim;
  await sim.close();
  return startSimOnNewPort(options);
}

/** The cache as the command line wires it. */
function cacheStore(directory: string, clock: Clock, connection: AzureConnection): AnswerStore {
  // The cache takes the time from the test, but not its heartbeats: they are no waits to be skipped.
  const cache = new Cache({
    directory,
    clock: {
      now: () => clock.now(),
      setTimeout: (callback, ms) => setTimeout(callback, ms),
      clearTimeout: (handle) => clearTimeout(handle as NodeJS.Timeout),
    },
  });
  const account = accountScope(connection, readAzureProfile(connection.env, '/nonexistent'));
  return {
    namespace: (kind, subscriptionId) =>
      cache.namespace({
        kind,
        scope: [...account, ...(subscriptionId === undefined ? [] : [subscriptionId.toLowerCase()])],
        policy: POLICIES[kind],
      }),
  };
}

/** Sets variables of this process; returns what puts the old ones back. The SDK's credentials read them there. */
export function setEnvironment(variables: Readonly<Record<string, string | undefined>>): () => void {
  const before = Object.keys(variables).map((name) => [name, process.env[name]] as const);
  for (const [name, value] of Object.entries(variables)) setVariable(name, value);
  return () => before.forEach(([name, value]) => setVariable(name, value));
}

function setVariable(name: string, value: string | undefined): void {
  if (value === undefined) delete process.env[name];
  else process.env[name] = value;
}

async function textBelow(directory: string): Promise<string> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return (await Promise.all(files.map((file) => readFile(file, 'utf8')))).join('\n');
}
