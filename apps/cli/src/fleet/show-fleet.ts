import type { CommandContext } from '../command.ts';
import { ExitCode } from '../exit-codes.ts';
import { readFormat } from '../output/format.ts';
import { chosenColumns } from './columns.ts';
import { findFleet } from './find-fleet.ts';
import type { KeptRequest } from './fleet-request.ts';
import { printFleet } from './print-fleet.ts';
import { missingLine } from './session-names.ts';

/** Prints the machines that the command line asks for; `whole` is given where that is simply all of them, for a pipe. */
export async function showFleet(context: CommandContext, whole: KeptRequest | undefined): Promise<number> {
  const format = await readFormat(context.args, chosenColumns);
  const found = await findFleet(context);
  await printFleet(context, found, format);
  for (const name of found.missing) context.notice(`azfleet: ${missingLine(name, found)}`);
  const exitCode = found.finish();
  if (whole !== undefined && exitCode === ExitCode.ok) {
    const { writeKeptTable } = await import('./write-kept-table.ts');
    await writeKeptTable(context, whole);
  }
  return exitCode;
}
