import type { AzureSim } from '@azfleet/azure-sim';
import { type Measured, type MissingSide, runProcess, type SuiteContext, type WholeSide } from '@azfleet/bench';
import { execFile } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { cleanEnvironment } from './environment.ts';
import type { Sandbox } from './sandbox.ts';
import { together } from './together.ts';

const execute = promisify(execFile);

/**
 * Azure's own command line, in a home of its own and signed in to the simulator. A repetition is all the commands, one after
 * another. az keeps nothing between them and is slow: what is asked several times is run once, and counted as often.
 */
export async function azSide(
  { signal }: SuiteContext,
  { sim, directory }: Sandbox,
  commands: readonly (readonly string[])[],
): Promise<WholeSide | MissingSide> {
  const env = azEnvironment(sim, join(directory, 'az-home'));
  const missing = await signIn(sim, env);
  if (missing !== undefined) return { name: 'az', missing };
  const distinct = new Map(commands.map((words) => [words.join(' '), words]));
  const run = async (words: readonly string[]): Promise<Measured> => {
    const before = sim.stats().arm;
    const measured = await runProcess('az', words, { env, signal });
    const calls = sim.stats().arm - before;
    if (calls === 0) throw new Error(`az ${words.join(' ')} asked Azure for nothing`);
    return { ...measured, counts: { calls } };
  };
  return {
    name: 'az',
    async whole() {
      const measured = new Map<string, Measured>();
      for (const [line, words] of distinct) measured.set(line, await run(words));
      return together(commands.map((words) => measured.get(words.join(' '))!));
    },
  };
}

function azEnvironment(sim: AzureSim, home: string): Record<string, string> {
  mkdirSync(home, { mode: 0o700 });
  const own = { AZURE_CONFIG_DIR: join(home, '.azure'), AZURE_CORE_COLLECT_TELEMETRY: 'no' };
  return { ...cleanEnvironment(home), ...sim.env, ...own, REQUESTS_CA_BUNDLE: sim.caPath };
}

/** Returns why there is no az to measure, if so. */
async function signIn({ endpoint }: AzureSim, env: Record<string, string>): Promise<string | undefined> {
  const az = async (...words: string[]): Promise<string> => (await execute('az', words, { env })).stdout;
  try {
    // Where az has the profile that is meant for custom clouds, its own SDK must fit that only.
    const hybrid = (await az('cloud', 'list-profiles', '-o', 'tsv')).includes('2020-09-01-hybrid');
    const profile = hybrid ? ['--profile', '2020-09-01-hybrid'] : [];
    await az('cloud', 'register', '-n', 'AzureSim', '--endpoint-resource-manager', endpoint, ...profile);
    await az('cloud', 'set', '-n', 'AzureSim');
    await az('login', '--identity');
    return undefined;
  } catch (error) {
    const { code, stderr = '' } = error as NodeJS.ErrnoException & { stderr?: string };
    if (code === 'ENOENT') return 'not installed (https://aka.ms/azure-cli; Debian: azure-cli)';
    return `cannot sign in to the simulator: ${stderr.trim().split('\n').at(-1)}`;
  }
}
