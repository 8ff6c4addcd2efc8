import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

interface Manifest {
  readonly name?: string;
  readonly version?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

/** Versions of the packages that the nearest package.json above a file names, as far as they are installed. */
export function versionsAround(file: string): Readonly<Record<string, string>> {
  const folder = above(dirname(file)).find((parent) => existsSync(join(parent, 'package.json')));
  if (folder === undefined) return {};
  const { dependencies = {}, devDependencies = {} } = manifestIn(folder) ?? {};
  return Object.fromEntries(
    [...Object.keys(dependencies), ...Object.keys(devDependencies)].flatMap((name) => {
      const version = versionOf(name, file);
      return version === undefined ? [] : [[name, version]];
    }),
  );
}

/** The version of a package as a file would find it. */
export function versionOf(name: string, file: string): string | undefined {
  for (const parent of above(dirname(file))) {
    const version = manifestIn(join(parent, 'node_modules', name))?.version;
    if (version !== undefined) return version;
  }
  return undefined;
}

function manifestIn(folder: string): Manifest | undefined {
  try {
    return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
  } catch {
    return undefined;
  }
}

/** A folder and all above it, nearest first. */
export function above(folder: string): string[] {
  const parent = dirname(folder);
  return parent === folder ? [folder] : [folder, ...above(parent)];
}
