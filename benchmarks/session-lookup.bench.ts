import { type Comparison, suite, type SuiteContext } from '@azfleet/bench';
import { readFileSync } from 'node:fs';
import { type Files, makeFiles } from './config/files.ts';
import { inFreshProcess, parsing } from './config/sides.ts';

const sizes = [10, 5000, 10_000];

export default suite({
  about: 'looking up a session name among 10, 5,000 and 10,000, in a fresh process and in a running one',
  open: (context) => ({
    comparisons: [
      ...sizes.flatMap((names) => [
        async () => fresh(context, await makeFiles(context, 2, names), names),
        async () => running(context, await makeFiles(context, 2, names), names),
      ]),
      () => manyBesideFew(context),
    ],
  }),
});

async function fresh(context: SuiteContext, files: Files, names: number): Promise<Comparison> {
  const sides = [
    await inFreshProcess(context, files, 'azfleet', { name: nameAmong(names) }),
    await inFreshProcess(context, files, 'smol-toml', { name: nameAmong(names) }),
  ];
  return { name: `fresh-${names}`, against: 'smol-toml', sides, rounds: 60 };
}

async function running(context: SuiteContext, files: Files, names: number): Promise<Comparison> {
  const wanted = nameAmong(names);
  const azfleet = {
    name: 'azfleet',
    operation: () => {
      const loaded = files.names.load();
      if (loaded instanceof Promise) throw new Error('a file that did not change was parsed again');
      return found(loaded.get(wanted), wanted);
    },
  };
  const peer = await parsing(context, ({ parse }) =>
    found(parse(readFileSync(files.namesPath, 'utf8'))[wanted], wanted),
  );
  return { name: `running-${names}`, against: 'smol-toml', sides: [azfleet, peer], rounds: 60 };
}

/** What the number of names costs. */
async function manyBesideFew(context: SuiteContext): Promise<Comparison> {
  const side = async (names: number) =>
    inFreshProcess(
      context,
      await makeFiles(context, 2, names),
      'azfleet',
      { name: nameAmong(names) },
      `azfleet-${names}`,
    );
  return { name: 'fresh-growth', against: 'azfleet-10', sides: [await side(10_000), await side(10)], rounds: 60 };
}

/** Towards the end of the file, where a search takes longest. */
function nameAmong(names: number): string {
  return `name-${Math.floor(names * 0.94)}`;
}

function found(value: unknown, name: string): unknown {
  if (value === undefined) throw new Error(`${name} was not found`);
  return value;
}
