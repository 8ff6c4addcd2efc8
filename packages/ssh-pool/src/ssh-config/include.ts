import { readdirSync } from 'node:fs';
import { isAbsolute, join, parse, sep } from 'node:path';
import { fitsPattern } from '../host-pattern.ts';
import { expandHome } from '../paths.ts';

/** The files that an `Include` names: relative to `base`, with `*` and `?`, in order of name. */
export function includedFiles(pattern: string, base: string, home: string): string[] {
  const expanded = expandHome(pattern, home);
  const path = isAbsolute(expanded) ? expanded : join(base, expanded);
  const { root } = parse(path);
  const parts = path.slice(root.length).split(sep === '\\' ? /[\\/]/ : '/');
  return parts.reduce<string[]>((found, part) => found.flatMap((directory) => children(directory, part)), [root]);
}

function children(directory: string, part: string): string[] {
  if (!/[*?]/.test(part)) return [join(directory, part)];
  try {
    const names = readdirSync(directory).filter((name) => !name.startsWith('.') && fitsPattern(part, name));
    return names.toSorted().map((name) => join(directory, name));
  } catch {
    // No such directory: the pattern names nothing.
    return [];
  }
}
