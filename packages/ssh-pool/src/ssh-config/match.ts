import { fitsPatternList } from '../host-pattern.ts';
import type { ConfigLine } from './config-lines.ts';

/** What the criteria of a `Match` line are held against. */
export interface MatchSubject {
  /** The name that was asked for, and every name that the machine has. */
  readonly name: string;
  readonly names: readonly string[];
  /** The host name, after `HostName`. */
  readonly host: string;
  readonly user: string;
  readonly localUser: string;
}

/**
 * Whether a `Match` block applies. Its `exec` is never run, and what cannot be known here (`final`, `canonical`,
 * `localnetwork`, …) is not assumed: a block with such a criterion does not apply, negated or not.
 */
export function matchApplies(line: ConfigLine, subject: MatchSubject): boolean {
  // `Match host=web` is `Match host web`.
  const words = line.args.flatMap((word) => {
    const [criterion = '', ...value] = word.split('=');
    return value.length > 0 && /^!?(host|originalhost|user|localuser|exec)$/i.test(criterion)
      ? [criterion, value.join('=')]
      : [word];
  });
  if (words.length === 0) return false;
  for (let i = 0; i < words.length; i += 1) {
    const word = words[i] ?? '';
    const negated = word.startsWith('!');
    const criterion = (negated ? word.slice(1) : word).toLowerCase();
    if (criterion === 'all') {
      if (negated) return false;
      continue;
    }
    i += 1;
    const result = test(criterion, words[i] ?? '', subject);
    if (result === undefined || result === negated) return false;
  }
  return true;
}

function test(criterion: string, value: string, subject: MatchSubject): boolean | undefined {
  const patterns = value.split(',');
  switch (criterion) {
    case 'host':
      return fitsPatternList(patterns, subject.host);
    case 'originalhost':
      return fitsPatternList(patterns, subject.name, subject.names);
    case 'user':
      return fitsPatternList(patterns, subject.user);
    case 'localuser':
      return fitsPatternList(patterns, subject.localUser);
    default:
      return undefined;
  }
}
