import { type Comparison, suite, type SuiteContext } from '@azfleet/bench';
import { readFileSync } from 'node:fs';
import { type Files, makeFiles } from './config/files.ts';
import { inFreshProcess, parsing, type Wanted } from './config/sides.ts';

/** A small file, and one of somebody with a hundred subscriptions. */
const sizes = [2, 100];
const setting = { setting: 'ssh.user' };

export default suite({
  about: 'loading config.toml in a fresh process and in a running one, beside smol-toml, which only parses it',
  open: (context) => ({
    comparisons: [
      ...sizes.flatMap((contexts) => [
        async () => fresh(context, await makeFiles(context, contexts, 0), `fresh-${contexts}-contexts`, setting),
        async () => running(context, await makeFiles(context, contexts, 0), `running-${contexts}-contexts`),
      ]),
      // What every command does that is given a session name.
      async () =>
        fresh(context, await makeFiles(context, 2, 5000), 'fresh-5000-names', { ...setting, name: 'name-4711' }),
    ],
  }),
});

async function fresh(context: SuiteContext, files: Files, name: string, wanted: Wanted): Promise<Comparison> {
  const sides = [
    await inFreshProcess(context, files, 'azfleet', wanted),
    await inFreshProcess(context, files, 'smol-toml', wanted),
  ];
  return { name, against: 'smol-toml', sides, rounds: 60 };
}

async function running(context: SuiteContext, { config, request }: Files, name: string): Promise<Comparison> {
  const azfleet = {
    name: 'azfleet',
    operation: () => {
      if (config.load(request) instanceof Promise) throw new Error('a file that did not change was parsed again');
    },
  };
  const peer = await parsing(context, ({ parse }) => parse(readFileSync(request.path, 'utf8')));
  return { name, against: 'smol-toml', sides: [azfleet, peer], rounds: 60 };
}
