import { startAzureSim, type AzureSim, type AzureSimOptions } from '@azfleet/azure-sim';
import { runProcess, type SuiteContext } from '@azfleet/bench';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { countAskedAnswers } from './asked-answers.ts';
import { type Azfleet, azfleetPath, isListing } from './azfleet.ts';
import { cleanEnvironment } from './environment.ts';

export interface SandboxOptions extends AzureSimOptions {
  /** How long each kind of answer is fresh: `[cache]` of the configuration. @default a day, so that nothing expires */
  readonly freshness?: Readonly<Record<string, string>>;
}

/**
 * A simulated Azure, and throw-away folders for azfleet. Of the answers that a command needs, those that the simulator was
 * not asked for are hits in the cache.
 */
export interface Sandbox extends Azfleet {
  readonly sim: AzureSim;
  readonly directory: string;
  close(): Promise<void>;
}

const aDay = { vm_list: '1d', vm_status: '1d', public_ip: '1d', resource: '1d' };

export async function openSandbox(context: SuiteContext, options: SandboxOptions): Promise<Sandbox> {
  const { freshness = aDay, ...simOptions } = options;
  const directory = mkdtempSync(join(context.directory, 'sandbox-'));
  const sim = await startAzureSim({ throttle: false, directory: join(directory, 'sim'), ...simOptions });
  const folder = (name: string): string => {
    mkdirSync(join(directory, name), { mode: 0o700 });
    return join(directory, name);
  };
  const env = {
    ...cleanEnvironment(directory),
    ...sim.env,
    AZFLEET_CONFIG: join(directory, 'config.toml'),
    AZFLEET_CACHE_DIR: folder('cache'),
    AZFLEET_STATE_DIR: folder('state'),
    AZFLEET_RUNTIME_DIR: folder('run'),
    AZURE_CONFIG_DIR: folder('az'),
  };
  writeFileSync(env.AZFLEET_CONFIG, configuration(sim, freshness), { mode: 0o600 });
  const asked = countAskedAnswers(sim.subscriptions.map(({ id }) => id));
  return {
    sim,
    env,
    directory,
    async run(words, { asks, node = [], env: more = {} } = {}) {
      asked.take();
      const before = sim.stats().arm;
      const args = [...node, azfleetPath, ...words];
      const measured = await runProcess(process.execPath, args, { env: { ...env, ...more }, signal: context.signal });
      const calls = sim.stats().arm - before;
      checkCalls(words, asks, calls);
      checkOutput(words, measured.stdout, sim);
      const cacheMisses = asked.take();
      const answers = answersOf(words, sim.subscriptions.length);
      const cache = answers === 0 ? {} : { cacheHits: answers - cacheMisses, cacheMisses };
      return { ...measured, counts: { calls, ...cache } };
    },
    forgetCache: () => rmSync(join(env.AZFLEET_CACHE_DIR, 'v1'), { recursive: true, force: true }),
    async close() {
      asked.close();
      await sim.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** @throws where a command did something else than the benchmark says that it does */
function checkCalls(words: readonly string[], asks: boolean | undefined, calls: number): void {
  const command = `azfleet ${words.join(' ')}`;
  if (asks === true && calls === 0) throw new Error(`${command} was to ask Azure, and did not`);
  if (asks === false && calls > 0) {
    throw new Error(`${command} was to be answered from the cache, and made ${calls} calls`);
  }
}

/** @throws where a command did not print what it is there for: for the whole fleet as a table, a row a machine */
function checkOutput(words: readonly string[], stdout: string, sim: AzureSim): void {
  const command = words.join(' ');
  if (stdout === '') throw new Error(`azfleet ${command} printed nothing`);
  if (command !== 'list' && command !== 'list -s *') return;
  const rows = stdout.trimEnd().split('\n').length - 1;
  const machines = sim.fleet.machines().length;
  if (rows !== machines) throw new Error(`azfleet ${command} printed ${rows} of ${machines} machines`);
}

/** Four answers of each subscription, and with `*` the list of subscriptions. */
function answersOf(words: readonly string[], subscriptions: number): number {
  if (!isListing(words)) return 0;
  return 4 * subscriptions + (words.includes('*') ? 1 : 0);
}

function configuration(sim: AzureSim, freshness: Readonly<Record<string, string>>): string {
  return [
    'default_context = "sim"',
    '[contexts.sim]',
    `subscriptions = ${JSON.stringify(sim.subscriptions.map(({ id }) => id))}`,
    `endpoint = ${JSON.stringify(sim.endpoint)}`,
    `ca_file = ${JSON.stringify(sim.caPath)}`,
    'credential = "managed-identity"',
    '[cache]',
    ...Object.entries(freshness).map(([kind, duration]) => `${kind} = "${duration}"`),
    '',
  ].join('\n');
}
