import { createPrivateDirectorySync, readCheckedTextSync, writeAtomicSync } from '@azfleet/durable-file';
import { join } from 'node:path';
import { CliError } from '../errors.ts';
import { ExitCode } from '../exit-codes.ts';
import type { Settings } from '../settings/settings.ts';
import type { MachineResult } from './machine-result.ts';

const MAX_BYTES = 16_000_000;

/** Ids only: what was run, and what came of it, is nobody's business. */
interface LastRun {
  readonly version: 1;
  /** The machines on which the command did not end well, or was to be started and was not. */
  readonly failed: readonly string[];
}

/** Keeps which machines `--retry-failed` means. What cannot be kept cannot be repeated so, and that is all. */
export function keepLastRun(settings: Settings, results: readonly MachineResult[]): void {
  const failed = results.filter(isToRepeat).map(({ machine }) => machine.id);
  const kept: LastRun = { version: 1, failed };
  try {
    createPrivateDirectorySync(settings.paths.stateDirectory);
    writeAtomicSync(fileOf(settings), JSON.stringify(kept), { fsync: false });
  } catch {
    // As above.
  }
}

/** @throws CliError (exit code 3) where there is nothing to repeat */
export function readLastRun(settings: Settings): readonly string[] {
  const read = readCheckedTextSync(fileOf(settings), { maxBytes: MAX_BYTES });
  const failed = read.ok ? failedIds(read.text) : undefined;
  if (failed === undefined) throw nothingToRepeat('no earlier run is known', 'select machines by name, or pass --all');
  if (failed.length === 0) throw nothingToRepeat('nothing failed in the last run', undefined);
  return failed;
}

/** Left out because it is not running, or a Windows machine: that is no failure. Left out by a halt: it is still due. */
function isToRepeat({ status, reason }: MachineResult): boolean {
  if (status === 'skipped') return reason === 'halted' || reason === 'interrupted';
  return status !== 'ok';
}

function failedIds(text: string): readonly string[] | undefined {
  try {
    const { version, failed } = JSON.parse(text) as Partial<LastRun>;
    const isRead = version === 1 && Array.isArray(failed) && failed.every((id) => /^\/subscriptions\/\S+$/.test(id));
    return isRead ? failed : undefined;
  } catch {
    return undefined;
  }
}

function fileOf({ paths, context }: Settings): string {
  return join(paths.stateDirectory, `last-run-${encodeURIComponent(context ?? '')}.json`);
}

function nothingToRepeat(message: string, hint: string | undefined): CliError {
  return new CliError('NOTHING_TO_REPEAT', `--retry-failed: ${message}`, {
    exitCode: ExitCode.nothingSelected,
    ...(hint === undefined ? {} : { hint }),
  });
}
