import { type Fault, type RequestKind, requestKinds } from '@azfleet/azure-sim';
import { usageError } from '../errors.ts';
import { didYouMean } from '../did-you-mean.ts';

const READERS: Readonly<Record<string, (value: string) => Partial<Fault>>> = {
  kind: (value) => ({ kind: requestKind(value) }),
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
  const fault = Object.assign({}, ...parts) as Fault;
  if (EFFECTS.some((effect) => fault[effect] !== undefined)) return fault;
  throw usageError(`--fault '${text}' says not what goes wrong`, 'add status=503, drop, truncate, hang or delay=100');
}

const EFFECTS = ['status', 'drop', 'truncate', 'hang', 'delayMs'] as const;

function requestKind(value: string): RequestKind {
  const kind = requestKinds.find((known) => known === value);
  if (kind !== undefined) return kind;
  throw usageError(
    `--fault: unknown kind '${value}'`,
    didYouMean(value, requestKinds) ?? `known: ${requestKinds.join(', ')}`,
  );
}

function count(name: string, value: string): number {
  if (/^\d+$/.test(value)) return Number(value);
  throw usageError(`--fault: ${name} '${value}' is not a whole number`);
}
