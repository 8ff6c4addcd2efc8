import { runProcess, type SuiteContext } from '@azfleet/bench';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Azfleet, azfleetPath, isListing } from './azfleet.ts';

/** azfleet in the user's own context, which is only read; cache and state (learned widths, tokens) are thrown away. */
export interface LiveAzfleet extends Azfleet {
  /** The id of some machine. */
  anyMachine(): Promise<string>;
}

export function liveAzfleet({ directory, signal }: SuiteContext): LiveAzfleet {
  const folder = (name: string): string => {
    const path = join(directory, name);
    mkdirSync(path, { mode: 0o700, recursive: true });
    return path;
  };
  const own = process.env as Record<string, string>;
  const env = { ...own, AZFLEET_CACHE_DIR: folder('cache'), AZFLEET_STATE_DIR: folder('state') };
  return {
    env,
    run(words, { asks } = {}) {
      // However short the user's freshness is: what is warm stays it while it is measured.
      const lasting = asks === false && isListing(words) ? ['--max-age', '1d'] : [];
      return runProcess(process.execPath, [azfleetPath, ...words, ...lasting], { env, signal });
    },
    forgetCache: () => rmSync(join(env.AZFLEET_CACHE_DIR, 'v1'), { recursive: true, force: true }),
    async anyMachine() {
      const { stdout } = await this.run(['list', '-o', 'tsv', '--query', 'vms[:1].id']);
      const id = stdout.trim();
      if (id === '') throw new Error('there is no machine in this context');
      return id;
    },
  };
}
