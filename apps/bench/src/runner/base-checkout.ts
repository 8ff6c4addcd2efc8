import { existsSync, readFileSync, readdirSync, realpathSync, statSync } from 'node:fs';
import * as nodeModule from 'node:module';
import { join, resolve } from 'node:path';
import { BenchError } from '../errors.ts';
import { checkoutOf, commitOf } from './environment.ts';
import type { BuildPlan } from './plan.ts';
import { above } from './versions.ts';

interface Manifest {
  readonly name?: string;
  readonly version?: string;
  readonly exports?: unknown;
  readonly main?: string;
  readonly bin?: string | Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

/**
 * The build `base`: how the suites in a folder measure another checkout of the same project.
 * @throws BenchError `BENCH_BASE` (exit code 2) where it is no checkout, or not built
 */
export async function basePlan(cwd: string, base: string, suites: string): Promise<BuildPlan> {
  if (nodeModule.registerHooks === undefined) {
    throw baseError(`--base needs Node 22.15 or later, this is ${process.version}`);
  }
  const checkout = resolve(cwd, base);
  if (!statSync(checkout, { throwIfNoEntry: false })?.isDirectory()) {
    throw baseError(`${base} is not there`, "make it with 'git worktree add', then install and build in it");
  }
  const packages = packagesIn(realpathSync(checkout));
  if (Object.keys(packages).length === 0)
    throw baseError(`${base} is not a checkout: it has no package.json with a name`);
  checkBuilt(packages, suites);
  return {
    build: { name: 'base', commit: await commitOf(checkout) },
    redirection: {
      base: {
        checkout: realpathSync(checkout),
        packages,
        root: realpathSync(await rootOf(suites, manifestOf(join(checkout, 'package.json'))?.name)),
        suites: realpathSync(suites),
      },
    },
    versions: versionsOf(packages),
  };
}

function versionsOf(packages: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(packages).flatMap(([name, folder]) => {
      const version = manifestOf(join(folder, 'package.json'))?.version;
      return version === undefined ? [] : [[name, version]];
    }),
  );
}

/** Those of a workspace are at most two folders below its top: name → folder. */
function packagesIn(checkout: string): Record<string, string> {
  const folders = [checkout];
  for (const group of foldersIn(checkout)) folders.push(group, ...foldersIn(group));
  return Object.fromEntries(
    folders.flatMap((folder) => {
      const name = manifestOf(join(folder, 'package.json'))?.name;
      return name === undefined ? [] : [[name, folder]];
    }),
  );
}

function foldersIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'node_modules' && !entry.name.startsWith('.'))
    .map(({ name }) => join(folder, name));
}

/** Of the packages that the suites name as dependencies, each that base has must be there as built. */
function checkBuilt(packages: Readonly<Record<string, string>>, suites: string): void {
  const manifest = manifestOf(join(packageFolderOf(suites), 'package.json')) ?? {};
  for (const name of Object.keys({ ...manifest.dependencies, ...manifest.devDependencies })) {
    const folder = packages[name];
    if (folder === undefined || name === '@azfleet/bench') continue;
    const entry = entryOf(manifestOf(join(folder, 'package.json')) ?? {});
    if (entry !== undefined && !existsSync(join(folder, entry))) {
      throw baseError(`the base is not built: ${join(folder, entry)} is not there`, 'install and build it first');
    }
  }
}

/** The file that stands for the package, if it says so. */
function entryOf({ exports, main, bin }: Manifest): string | undefined {
  return main ?? firstFile(exports) ?? firstFile(bin);
}

function firstFile(value: unknown): string | undefined {
  if (typeof value === 'string') return value.endsWith('.json') || /\.d\.[cm]?ts$/.test(value) ? undefined : value;
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.values(value)
    .map(firstFile)
    .find((file) => file !== undefined);
}

/** What corresponds to the base's folder: the one with a package.json of the same name, or the top of the checkout. */
async function rootOf(suites: string, name: string | undefined): Promise<string> {
  const named = above(suites).find(
    (folder) => name !== undefined && manifestOf(join(folder, 'package.json'))?.name === name,
  );
  return named ?? (await checkoutOf(suites)) ?? packageFolderOf(suites);
}

/** The nearest folder with a package.json. */
function packageFolderOf(folder: string): string {
  return above(folder).find((parent) => existsSync(join(parent, 'package.json'))) ?? folder;
}

function manifestOf(file: string): Manifest | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Manifest;
  } catch {
    return undefined;
  }
}

function baseError(message: string, hint?: string): BenchError {
  return new BenchError('BENCH_BASE', message, hint === undefined ? {} : { hint });
}
