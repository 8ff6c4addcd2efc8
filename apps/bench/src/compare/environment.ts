import type { Environment } from '../result/result.ts';

export interface EnvironmentDifference {
  /** `node`, `cpu`, … or the name of a package. */
  readonly what: string;
  /** null: not there. */
  readonly base: string | null;
  readonly new: string | null;
}

/** Where two measurements were not made under the same conditions. */
export function environmentDifferences(base: Environment, now: Environment): EnvironmentDifference[] {
  const before = flat(base);
  const after = flat(now);
  return [...new Set([...before.keys(), ...after.keys()])]
    .map((what) => ({ what, base: before.get(what) ?? null, new: after.get(what) ?? null }))
    .filter((difference) => difference.base !== difference.new);
}

function flat({ versions, memory_mb, ...rest }: Environment): Map<string, string> {
  const memory: [string, string] = ['memory', `${Math.round(memory_mb / 1024)} GB`];
  return new Map([
    ...Object.entries(rest).map(([name, value]): [string, string] => [name, String(value)]),
    memory,
    ...Object.entries(versions),
  ]);
}
