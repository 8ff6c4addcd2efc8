import type { Arguments } from '../arguments.ts';
import { usageError } from '../errors.ts';

/** Flags of which each says which machines are meant. */
export const selectingFlags = ['all', 'targets-from', 'resource-group', 'tag', 'state', 'location'];

/** What connects to machines needs to be told to which. @throws CliError (exit code 2) where it is not */
export function needSelection(args: Arguments, command: string): void {
  if (args.positionals.length > 0 || selectingFlags.some((flag) => args.has(flag))) return;
  throw usageError(`${command} needs machines`, 'name them, or pass --all');
}
