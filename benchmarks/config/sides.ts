import { type MissingSide, type OperationSide, runProcess, type SuiteContext, type WholeSide } from '@azfleet/bench';
import { join } from 'node:path';
import { cleanEnvironment } from '../support/environment.ts';
import { peerAddress } from '../support/peer-address.ts';
import type { Files } from './files.ts';

type Parser = 'azfleet' | 'smol-toml';

/** What is looked up: a setting by its dotted key, a session name, or both. */
export interface Wanted {
  readonly setting?: string;
  readonly name?: string;
}

/** The module that a process of its own is to load for a parser. */
const modules: Readonly<Record<Parser, (context: SuiteContext) => Promise<string | undefined>>> = {
  azfleet: async () => import.meta.resolve('@azfleet/config'),
  'smol-toml': (context) => peerAddress(context, 'smol-toml'),
};

/** From a process that has just started, and has the parser's code, to the value. */
export async function inFreshProcess(
  context: SuiteContext,
  { directory }: Files,
  parser: Parser,
  { setting = '-', name = '-' }: Wanted,
  side: string = parser,
): Promise<WholeSide | MissingSide> {
  const address = await modules[parser](context);
  if (address === undefined) return notInstalled;
  const script = join(import.meta.dirname, 'fresh-load.mjs');
  const args = [script, parser, address, directory, setting, name];
  const options = { env: cleanEnvironment(directory), signal: context.signal };
  return {
    name: side,
    async whole() {
      const { stdout } = await runProcess(process.execPath, args, options);
      return { seconds: Number(stdout) / 1000 };
    },
  };
}

const notInstalled: MissingSide = { name: 'smol-toml', missing: 'not installed (npm install smol-toml)' };

type SmolToml = typeof import('smol-toml');

/** What smol-toml does with the same file, every time: it has nothing that would tell it that the file is the same. */
export async function parsing(
  context: SuiteContext,
  parse: (smolToml: SmolToml) => unknown,
): Promise<OperationSide | MissingSide> {
  const smolToml = (await context.peer('smol-toml')) as SmolToml | undefined;
  return smolToml === undefined ? notInstalled : { name: 'smol-toml', operation: () => parse(smolToml) };
}
