import { usageError } from '../errors.ts';

/** Smaller changes are let through even where they are certain. */
const DEFAULT_THRESHOLD = 0.05;

/** `5%` or `5 %` as a share. @throws BenchError (exit code 2) where it is none */
export function readThreshold(text: string | undefined): number {
  if (text === undefined) return DEFAULT_THRESHOLD;
  const percents = /^(\d+(?:\.\d+)?)\s*%$/.exec(text.trim())?.[1];
  if (percents === undefined) throw usageError(`--threshold '${text}' is not a percentage`, 'write it as 5%');
  return Number(percents) / 100;
}
