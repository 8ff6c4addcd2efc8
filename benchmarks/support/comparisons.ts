import type { Comparison, OpenComparison, SuiteContext } from '@azfleet/bench';
import type { Azfleet } from './azfleet.ts';
import { openSandbox, type Sandbox, type SandboxOptions } from './sandbox.ts';
import { allLists, bareClient, cold, emptyProcess, expired, warm } from './sides.ts';

/** So many rounds for what takes a tenth of a second or more. */
const ROUNDS = 20;

/** A command with nothing in the cache, beside a program that only asks for the same. */
export function nothingCached(sandbox: Sandbox, name: string, words: readonly string[]): Comparison {
  const sides = [cold(sandbox, words), bareClient(sandbox, allLists)];
  return { name, against: 'bare-client', sides, rounds: ROUNDS };
}

/** Freshness with which states have expired before the next process can read them. */
export const statesExpire = { vm_list: '1d', vm_status: '1ms', public_ip: '1d', resource: '1d' };

/** A command with a cache in which the states have expired, and nothing else; the sandbox has {@link statesExpire}. */
export async function statesExpired(sandbox: Sandbox, name: string, words: readonly string[]): Promise<Comparison> {
  await fill(sandbox, words);
  const sides = [expired(sandbox, words), bareClient(sandbox, ['states'])];
  return { name, against: 'bare-client', sides, rounds: ROUNDS };
}

/** A command that the cache answers, beside an empty process. */
export async function allCached(
  azfleet: Azfleet,
  name: string,
  words: readonly string[],
  rounds = 60,
): Promise<Comparison> {
  await fill(azfleet, words);
  return besideEmptyProcess(azfleet, name, words, rounds);
}

/** A command that needs nothing from Azure, beside an empty process. */
export function besideEmptyProcess(
  azfleet: Azfleet,
  name: string,
  words: readonly string[],
  rounds: number,
): Comparison {
  return { name, against: 'node-e-0', sides: [warm(azfleet, words), emptyProcess(azfleet)], rounds };
}

/** Asks for everything once, so that it is in the cache. */
async function fill(azfleet: Azfleet, words: readonly string[]): Promise<void> {
  azfleet.forgetCache();
  await azfleet.run(words, { asks: true });
}

/** A comparison in a sandbox of its own, opened when its turn comes. */
export function inSandbox(
  context: SuiteContext,
  options: SandboxOptions,
  compare: (sandbox: Sandbox) => OpenComparison | Promise<OpenComparison>,
): () => Promise<OpenComparison> {
  return async () => {
    const sandbox = await openSandbox(context, options);
    try {
      const comparison = await compare(sandbox);
      return {
        ...comparison,
        async close() {
          await comparison.close?.();
          await sandbox.close();
        },
      };
    } catch (error) {
      await sandbox.close();
      throw error;
    }
  };
}
