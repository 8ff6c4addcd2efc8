import type { Fleet } from '@azfleet/azure';
import { tryLock } from '@azfleet/durable-file';
import { join } from 'node:path';
import type { CommandContext } from '../command.ts';
import { ExitCode } from '../exit-codes.ts';
import { askAzure } from './ask-azure.ts';
import { withSessions } from './session-names.ts';
import { fleetRequest, type FleetRequest, keptRequest } from './fleet-request.ts';
import { writeKeptTable } from './write-kept-table.ts';
import { errorLines, fleetExitCode } from './outcome.ts';
import { countSummary, tellSummary } from './summary.ts';

/** Asks Azure for what is not fresh, so that the next listing is at once. */
export async function warm(context: CommandContext): Promise<number> {
  const settings = await context.settings();
  const request = fleetRequest(context, settings, { mode: 'fresh', maxAgeMs: undefined });
  if (context.args.has('background')) return await inBackground(context, () => refresh(context, request));
  const fleet = await refresh(context, request);
  for (const line of errorLines(fleet)) context.notice(`azfleet: ${line}`);
  const vms = withSessions(fleet.vms);
  if (fleet.parts.length > 0) tellSummary(context, countSummary(vms, vms.length), fleet, false);
  return fleetExitCode(fleet);
}

async function refresh(context: CommandContext, request: FleetRequest): Promise<Fleet> {
  const fleet = await askAzure(context, request);
  const how = keptRequest(context, request);
  if (how !== undefined) await writeKeptTable(context, how);
  return fleet;
}

/** One at a time: where another refresh is under way, it does what this one would. */
async function inBackground(context: CommandContext, work: () => Promise<unknown>): Promise<number> {
  const { paths } = await context.settings();
  const attempt = tryLock(join(paths.cacheDirectory, 'refresh'), { clock: context.io.clock, forget: true });
  if (!attempt.ok && attempt.reason === 'held') return ExitCode.ok;
  try {
    await work();
  } finally {
    if (attempt.ok) attempt.lock.release();
  }
  return ExitCode.ok;
}
