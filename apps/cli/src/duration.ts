import { parseDuration } from '@azfleet/config';
import { usageError } from './errors.ts';

/** Reads `30s`, `1h30m`, `250ms` or `7d` as milliseconds. @throws CliError (exit code 2) naming the flag. */
export function durationFlag(flag: string, text: string): number {
  const ms = parseDuration(text);
  if (ms !== undefined) return ms;
  throw usageError(`${flag} '${text}' is not a duration`, 'write it as 30s, 5m, 1h30m or 7d');
}

/** An age as a person says it: `42 s`, `3 min`, `2 h`, `5 d`. */
export function formatAge(ms: number): string {
  if (ms < 1000) return 'less than 1 s';
  if (ms < 120_000) return `${Math.floor(ms / 1000)} s`;
  if (ms < 7_200_000) return `${Math.floor(ms / 60_000)} min`;
  if (ms < 172_800_000) return `${Math.floor(ms / 3_600_000)} h`;
  return `${Math.floor(ms / 86_400_000)} d`;
}

/** How long something took: `3.1 ms`, `412 ms`, `1.24 s`. */
export function formatElapsed(ms: number): string {
  if (ms < 10) return `${ms.toFixed(1)} ms`;
  if (ms < 1000) return `${Math.round(ms)} ms`;
  return `${(ms / 1000).toFixed(2)} s`;
}
