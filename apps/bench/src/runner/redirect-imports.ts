import { existsSync, readFileSync } from 'node:fs';
import * as nodeModule from 'node:module';
import { extname, join, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** Where the imports of a suite lead to, other than as usual. */
export interface Redirection {
  /** Measure another checkout. */
  readonly base?: {
    /** The checkout to be measured, absolute and without symbolic links. */
    readonly checkout: string;
    /** Its packages: name → folder. */
    readonly packages: Readonly<Record<string, string>>;
    /** The checkout of the suites: what lies in it is taken from the same place of the other. */
    readonly root: string;
    /** The folder of the suites: they are the same for both. */
    readonly suites: string;
  };
}

interface Resolved {
  readonly url: string;
}
type Context = { parentURL?: string | undefined };
type Next<C extends Context> = (specifier: string, context?: C) => Resolved;

const BENCH = '@azfleet/bench';
const OWN_INDEX = pathToFileURL(join(import.meta.dirname, `../index${extname(import.meta.filename)}`)).href;

/**
 * For all imports of this process: `@azfleet/bench` is this very package, the same for all builds and also where the
 * suites' folder has not installed it; and packages and files of the suites' own checkout come from the base's.
 */
export function redirectImports({ base }: Redirection): void {
  // Node 22.15 and later. Without it suites find what is installed beside them; `--base` is refused before.
  nodeModule.registerHooks?.({
    resolve(specifier, context, next) {
      if (specifier === BENCH) return { url: OWN_INDEX, shortCircuit: true };
      return base === undefined ? next(specifier, context) : resolveInBase(specifier, context, next, base);
    },
  });
}

function resolveInBase<C extends Context>(
  specifier: string,
  context: C,
  next: Next<C>,
  base: Redirection['base'] & object,
): ReturnType<typeof next> & { shortCircuit?: boolean } {
  const parent = context.parentURL?.startsWith('file:') === true ? fileURLToPath(context.parentURL) : '';
  // What base's files import, and what packages import, is found as usual. Suites may come in a package.
  const isUsual = isIn(parent, base.checkout) || isThirdParty(parent);
  if (isUsual && !isIn(parent, base.suites)) return next(specifier, context);
  const folder = base.packages[packageName(specifier)];
  if (folder !== undefined) return resolvePackage(specifier, folder, context, next);
  const resolved = next(specifier, context);
  if (!resolved.url.startsWith('file:')) return resolved;
  const file = fileURLToPath(resolved.url);
  if (!isIn(file, base.root) || isIn(file, base.suites) || isIn(file, base.checkout) || isThirdParty(file))
    return resolved;
  const other = join(base.checkout, file.slice(base.root.length));
  if (!existsSync(other)) throw new Error(`${other} is not there: it is new, or the base is not built`);
  return { ...resolved, url: pathToFileURL(other).href, shortCircuit: true };
}

/** By the package's own `exports` where it has them, as it would resolve itself; otherwise by path. */
function resolvePackage<C extends Context>(
  specifier: string,
  folder: string,
  context: C,
  next: Next<C>,
): ReturnType<typeof next> & { shortCircuit?: boolean } {
  const file = join(folder, 'package.json');
  const manifest = JSON.parse(readFileSync(file, 'utf8')) as { exports?: unknown; main?: string };
  if (manifest.exports !== undefined) return next(specifier, { ...context, parentURL: pathToFileURL(file).href });
  const inside = specifier.slice(packageName(specifier).length + 1);
  const target = join(folder, inside === '' ? (manifest.main ?? 'index.js') : inside);
  if (!existsSync(target)) throw new Error(`${target} is not there: it is new, or the base is not built`);
  return { url: pathToFileURL(target).href, shortCircuit: true };
}

/** `@scope/name` or `name` of a specifier; of a path or an address something that no package is called. */
function packageName(specifier: string): string {
  const [first = '', second = ''] = specifier.split('/');
  return first.startsWith('@') ? `${first}/${second}` : first;
}

function isIn(file: string, folder: string): boolean {
  return file.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

function isThirdParty(file: string): boolean {
  return file.includes(`${sep}node_modules${sep}`);
}
