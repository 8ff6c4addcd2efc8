import type { Result } from '@azfleet/executor';
import type { MachineResult } from './machine-result.ts';
import type { Ended, MachineRun } from './machine-run.ts';
import { CommandFailed, TryAgain } from './run-errors.ts';
import type { Skipped } from './targets.ts';

/** Why nothing more was started, or what ran was ended: as the reason of a machine that was left out. */
export type StopReason = 'halted' | 'interrupted' | 'output closed';

/** What became of a machine, from what the executor says of its run. */
export function resultOf(result: Result<MachineRun, Ended>, stopped: StopReason): MachineResult {
  const { item: run, elapsedMs, status } = result;
  const common = { ...nothing, ...run.place, attempts: run.tries, elapsedMs };
  if (status === 'ok') {
    if (result.value.kind === 'skipped') return { ...common, status: 'skipped', reason: result.value.reason };
    return { ...common, status: 'ok', exitCode: 0 };
  }
  if (status === 'skipped') return { ...common, status, reason: stopped };
  if (status === 'aborted') return { ...common, status, error: aborted(stopped) };
  const error = result.error instanceof TryAgain ? result.error.cause : result.error;
  if (error instanceof CommandFailed) {
    return { ...common, status: 'failed', exitCode: error.exitCode, signal: error.signal };
  }
  return { ...common, ...failure(error, run) };
}

export function skippedResult({ machine, reason }: Skipped): MachineResult {
  return { ...nothing, machine, status: 'skipped', reason };
}

const nothing = {
  address: undefined,
  reason: undefined,
  exitCode: undefined,
  signal: undefined,
  error: undefined,
  attempts: 0,
  elapsedMs: 0,
};

/** In the words of what went wrong: the machine's name stands beside them anyway, and its address where it matters. */
function failure(error: unknown, { place }: MachineRun): Pick<MachineResult, 'status' | 'error'> {
  const { code, message, hint, target, sent } = error as Partial<
    Record<'code' | 'message' | 'hint' | 'target' | 'sent', unknown>
  >;
  const label = `${String(target)}: `;
  const text = String(message);
  const told = text.startsWith(label) ? text.slice(label.length) : text;
  // The executor does not know that it was SSH.
  if (code === 'EXECUTOR_CONNECT_TIMEOUT') {
    const lowered = `${told.charAt(0).toLowerCase()}${told.slice(1)}`;
    return {
      status: 'timeout',
      error: { code: 'SSH_CONNECT_TIMEOUT', message: withAddress(lowered, place.address), hint: CONNECT_HINT },
    };
  }
  const name = typeof code === 'string' ? code : 'INTERNAL';
  const where = /\((.+)\)$/.exec(String(target))?.[1] ?? place.address;
  return {
    status: TIMEOUTS.has(name) ? 'timeout' : sent === true ? 'failed' : 'unreachable',
    error: {
      code: name,
      message: CONNECTING.has(name) ? withAddress(told, where) : told,
      hint: HINTS[name] ?? (typeof hint === 'string' ? hint : undefined),
    },
  };
}

function withAddress(text: string, address: string): string {
  return `${text.replace(/\.$/, '')} (${address})`;
}

const CONNECTING: ReadonlySet<string> = new Set(['SSH_CONNECT_FAILED', 'SSH_CONNECT_TIMEOUT', 'SSH_HANDSHAKE_FAILED']);

const CONNECT_HINT = 'Check that the machine is running and reachable, or allow longer with --connect-timeout.';

/** Where the package's own hint names an option that the command line calls something else. */
const HINTS: Readonly<Record<string, string>> = {
  SSH_CONNECT_TIMEOUT: CONNECT_HINT,
  SSH_COMMAND_TIMEOUT: 'Allow longer with --timeout.',
  SSH_TOO_MANY_OPEN_FILES: 'Use a smaller --width, or raise the limit of open files with `ulimit -n`.',
};

const TIMEOUTS: ReadonlySet<string> = new Set(['SSH_CONNECT_TIMEOUT', 'SSH_WAIT_TIMEOUT', 'SSH_COMMAND_TIMEOUT']);

function aborted(stopped: StopReason): MachineResult['error'] {
  return {
    code: 'ABORTED',
    message: `${stopped} while it was under way.`,
    hint: 'The command may have run: look before you repeat it.',
  };
}
