import type { Arguments, FlagTable } from '../arguments.ts';
import { durationFlag } from '../duration.ts';
import { usageError } from '../errors.ts';

/** Flags of every command that runs something on machines. */
export const limitFlags: FlagTable = {
  timeout: { value: 'TIME', help: 'the longest that a command may take, such as 30s or 10m (default: no limit)' },
  'connect-timeout': { value: 'TIME', help: 'the longest that a connect may take (default: by what the others take)' },
  width: { value: 'N', help: 'at most N machines at once (default: as many as prove good)' },
};

/** How a command is let loose on a fleet. */
export const rolloutFlags: FlagTable = {
  waves: { value: 'SIZES', help: 'one wave after the other: 1,10%,100% is one machine, then a tenth, then the rest' },
  halt: { value: 'N|N%', help: 'start no more once so many have failed; with --waves a share is one of the wave' },
};

/** Limits of a command on many machines. */
export interface RunLimits {
  readonly commandMs: number | undefined;
  /** `undefined`: found from how long the other machines take. */
  readonly connectMs: number | undefined;
  /** `undefined`: found while it runs. */
  readonly width: number | undefined;
}

type Share = `${number}%`;

export interface Rollout {
  readonly waves: readonly (number | Share)[] | undefined;
  readonly halt: number | Share | undefined;
}

/** @throws CliError (exit code 2) */
export function readLimits(args: Arguments): RunLimits {
  const width = args.value('width');
  return {
    commandMs: readTime(args, 'timeout'),
    connectMs: readTime(args, 'connect-timeout'),
    width: width === undefined ? undefined : readCount('width', width),
  };
}

/** @throws CliError (exit code 2) */
export function readRollout(args: Arguments): Rollout {
  const halt = args.value('halt');
  return {
    waves: args
      .value('waves')
      ?.split(',')
      .map((size) => readSize('waves', size.trim())),
    halt: halt === undefined ? undefined : readSize('halt', halt),
  };
}

function readTime(args: Arguments, flag: string): number | undefined {
  const text = args.value(flag);
  if (text === undefined) return undefined;
  const ms = durationFlag(`--${flag}`, text);
  if (ms > 0) return ms;
  throw usageError(`--${flag} '${text}' leaves no time at all`, 'write it as 30s, 5m or 1h30m');
}

function readCount(flag: string, text: string): number {
  const count = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  if (count > 0) return count;
  throw usageError(`--${flag} '${text}' is not a whole number above 0`);
}

function readSize(flag: string, text: string): number | Share {
  if (/^\d{1,6}$/.test(text)) return readCount(flag, text);
  const percent = /^(\d{1,3}(?:\.\d+)?)%$/.exec(text)?.[1];
  if (percent !== undefined && Number(percent) > 0 && Number(percent) <= 100) return `${Number(percent)}%`;
  throw usageError(`--${flag} '${text}' is neither a number of machines nor a share of them`, 'write it as 5 or 10%');
}
