import type { Arguments } from '../arguments.ts';
import { durationFlag } from '../duration.ts';
import { usageError } from '../errors.ts';

/** How old an answer may be, as the command line says. */
export interface Freshness {
  readonly mode: 'fresh' | 'refresh' | 'offline' | 'bypass';
  readonly maxAgeMs: number | undefined;
  /** A person at a terminal waits for a fresh answer, too: what acts on machines is not to act on those of an hour ago. */
  readonly onlyFresh?: boolean;
}

const MODES = { refresh: 'refresh', offline: 'offline', 'no-cache': 'bypass' } as const;

/** @throws CliError (exit code 2) on flags that contradict each other */
export function readFreshness(args: Arguments): Freshness {
  const given = (Object.keys(MODES) as (keyof typeof MODES)[]).filter((flag) => args.has(flag));
  const maxAge = args.value('max-age');
  const all = [...given, ...(maxAge === undefined ? [] : ['max-age'])];
  if (all.length > 1) throw usageError(`--${all[0]} and --${all[1]} contradict each other`, 'give one of them');
  return {
    mode: given[0] === undefined ? 'fresh' : MODES[given[0]],
    maxAgeMs: maxAge === undefined ? undefined : durationFlag('--max-age', maxAge),
  };
}
