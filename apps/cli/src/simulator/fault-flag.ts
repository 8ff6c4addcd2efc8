import type { Fault } from '@azfleet/azure-sim';
import { usageError } from '../errors.ts';
import { didYouMean } from '../did-you-mean.ts';

const READERS: Readonly<Record<string, (value: string) => Partial<Fault>>> = {
  kind: (value) => ({ kind: value as Exclude<Fault['kind'], undefined> }),
  subscription: (value) => ({ subscriptionId: value }),
  status: (value) => ({ status: count('status', value) }),
  'retry-after': (value) => ({ retryAfterSeconds: count('retry-after', value) }),
  delay: (value) => ({ delayMs: count('delay', value) }),
  nth: (value) => ({ nth: value.split('+').map((part) => count('nth', part)) }),
  times: (value) => ({ times: count('times', value) }),
  drop: () => ({ drop: true }),
  truncate: () => ({ truncate: true }),
  hang: () => ({ hang: true }),
};

/** Reads `kind=vm-status,status=503,nth=1+3`. @throws CliError (exit code 2) naming the part that is wrong */
export function readFault(text: string): Fault {
  const parts = text.split(',').map((part) => {
    const [name = '', value = ''] = part.trim().split('=', 2);
    const reader = Object.hasOwn(READERS, name) ? READERS[name] : undefined;
    if (reader !== undefined) return reader(value);
    const known = Object.keys(READERS);
    throw usageError(`--fault: unknown '${name}'`, didYouMean(name, known) ?? `known: ${known.join(', ')}`);
  });
  return Object.assign({}, ...parts) as Fault;
}

function count(name: string, value: string): number {
  if (/^\d+$/.test(value)) return Number(value);
  throw usageError(`--fault: ${name} '${value}' is not a whole number`);
}
