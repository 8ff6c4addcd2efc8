import { type OpenComparison, runProcess, type Side, type SuiteContext } from '@azfleet/bench';
import { join } from 'node:path';
import { cleanEnvironment } from '../support/environment.ts';
import { peerAddress } from '../support/peer-address.ts';

/** Side → package, where there is one. */
type Libraries = Readonly<Record<string, string | undefined>>;

const azfleet = '@azfleet/executor';

export const libraries: Libraries = {
  azfleet,
  'bare-loop': undefined,
  async: 'async',
  'p-map': 'p-map',
  'p-map-iterable': 'p-map',
  fastq: 'fastq',
  'p-limit': 'p-limit',
  'p-queue': 'p-queue',
};

/** Those that pull their input as they need it, and hand out results as they come. */
export const lazyLibraries: Libraries = { azfleet, 'bare-loop': undefined, 'p-map-iterable': 'p-map' };

interface OverheadOptions {
  readonly name: string;
  readonly items: number;
  readonly libraries: Libraries;
  readonly against: string;
}

/** So many tasks that do nothing: each run in a process of its own, so that memory is its own and nothing is warm. */
export async function overhead(
  context: SuiteContext,
  { name, items, libraries, against }: OverheadOptions,
): Promise<OpenComparison> {
  const sides = Object.entries(libraries).map(([side, library]) => sideOf(context, side, library, items));
  return { name: `${name}-${items}`, against, sides: await Promise.all(sides), rounds: 10 };
}

async function sideOf(context: SuiteContext, side: string, library: string | undefined, items: number): Promise<Side> {
  const address = library === undefined ? '' : await addressOf(context, library);
  if (address === undefined) return { name: side, missing: `not installed (npm install ${library})` };
  const args = [join(import.meta.dirname, 'do-nothing.mjs'), side, String(items), address];
  const options = { env: cleanEnvironment(context.directory), signal: context.signal };
  return {
    name: side,
    async whole() {
      const { stdout, peakMemoryMb } = await runProcess(process.execPath, args, options);
      return { seconds: Number(stdout) / 1000, ...(peakMemoryMb === undefined ? {} : { peakMemoryMb }) };
    },
  };
}

async function addressOf(context: SuiteContext, library: string): Promise<string | undefined> {
  return library === azfleet ? import.meta.resolve(azfleet) : await peerAddress(context, library);
}
