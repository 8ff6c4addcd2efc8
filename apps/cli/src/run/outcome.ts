import { ExitCode } from '../exit-codes.ts';
import type { Style } from '../output/style.ts';
import type { MachineResult, MachineStatus } from './machine-result.ts';
import type { RunOutcome } from './run-on-fleet.ts';

/** Could not connect, as ssh says it. */
const NOT_CONNECTED = 255;

/** What the exit code depends on besides what became of the machines. */
interface Circumstances {
  /** Literal names that no machine has. */
  readonly missing: number;
  /** How complete the listing was: 0, 4 or 5. */
  readonly listing: ExitCode;
}

/** The exit code of a command on many machines. */
export function exitCodeOf({ results, stopped }: RunOutcome, { missing, listing }: Circumstances): number {
  if (stopped === 'interrupted') return ExitCode.interrupted;
  // Nobody reads any more: of consequence only where there was more to come.
  if (
    results.some(
      ({ reason, status }) => reason === 'output closed' || (status === 'aborted' && stopped === 'output closed'),
    )
  )
    return ExitCode.interrupted;
  const failures = results.filter(({ status }) => status !== 'ok' && status !== 'skipped');
  if (failures.length > 0) {
    const onlyTime = missing === 0 && failures.every(({ status }) => status === 'timeout');
    return onlyTime ? ExitCode.timedOut : ExitCode.someFailed;
  }
  if (results.every(({ status }) => status === 'skipped')) return ExitCode.nothingSelected;
  return missing > 0 ? ExitCode.someFailed : listing;
}

/** The exit code of a command on one machine that was named: the command's own, as ssh passes it on. */
export function exitCodeOfOne({ status, exitCode, signal }: MachineResult): number {
  if (status !== 'ok' && status !== 'failed') return OTHER_ENDS[status];
  return exitCode ?? (signal === undefined ? NOT_CONNECTED : 128 + (SIGNALS[signal] ?? 0));
}

const OTHER_ENDS: Readonly<Record<Exclude<MachineStatus, 'ok' | 'failed'>, number>> = {
  timeout: ExitCode.timedOut,
  unreachable: NOT_CONNECTED,
  aborted: ExitCode.interrupted,
  skipped: ExitCode.nothingSelected,
};

/** By name, since a number would be the local system's. The ones that POSIX gives a number, and those that SSH names too. */
const SIGNALS: Readonly<Record<string, number | undefined>> = {
  HUP: 1,
  INT: 2,
  QUIT: 3,
  ILL: 4,
  ABRT: 6,
  FPE: 8,
  KILL: 9,
  USR1: 10,
  SEGV: 11,
  USR2: 12,
  PIPE: 13,
  ALRM: 14,
  TERM: 15,
};

/** `98 ok · 1 failed (exit 2) · 1 timed out · 3 skipped (deallocated) · 4.2 s` */
export function summaryLine({ results, elapsedMs }: RunOutcome, style: Style): string {
  const parts = [
    count(results, 'ok', 'ok') ?? '0 ok',
    red(count(results, 'failed', 'failed', exitText)),
    red(count(results, 'timeout', 'timed out')),
    red(count(results, 'unreachable', 'unreachable')),
    red(count(results, 'aborted', 'aborted')),
    count(results, 'skipped', 'skipped', ({ reason }) => reason ?? ''),
    `${(elapsedMs / 1000).toFixed(1)} s`,
  ];
  return parts.filter((part) => part !== undefined).join(' · ');

  function red(part: string | undefined): string | undefined {
    return part === undefined ? undefined : style('red', part);
  }
}

function exitText({ exitCode, signal, error }: MachineResult): string {
  if (signal !== undefined) return `signal ${signal}`;
  if (exitCode !== undefined) return `exit ${exitCode}`;
  return error === undefined ? 'exit unknown' : 'connection lost';
}

/** How many there are, and what they differ in: `3 failed (exit 1 ×2, exit 127)`. */
function count(
  results: readonly MachineResult[],
  status: MachineStatus,
  word: string,
  detail?: (result: MachineResult) => string,
): string | undefined {
  const found = results.filter((result) => result.status === status);
  if (found.length === 0) return undefined;
  const details = detail === undefined ? '' : ` (${tally(found.map(detail))})`;
  return `${found.length} ${word}${details}`;
}

const MOST_DETAILS = 4;

function tally(words: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  if (counts.size === 1) return words[0]!;
  const byCount = [...counts].toSorted(([, a], [, b]) => b - a);
  const shown = byCount.slice(0, MOST_DETAILS).map(([word, times]) => (times === 1 ? word : `${word} ×${times}`));
  return [...shown, ...(byCount.length > MOST_DETAILS ? ['…'] : [])].join(', ');
}
