import type { Fleet } from '@azfleet/azure';
import type { Names } from '@azfleet/config';
import type { Arguments } from '../arguments.ts';
import type { CommandContext } from '../command.ts';
import type { ListedVm } from './columns.ts';
import { readFreshness } from './freshness.ts';
import { fleetRequest, type FleetRequest } from './fleet-request.ts';
import { getFleet } from './get-fleet.ts';
import { errorLines, fleetExitCode } from './outcome.ts';
import { readSelection, select } from './selection.ts';
import { resolveSessions, withSessions } from './session-names.ts';
import type { Settings } from '../settings/settings.ts';
import { sessionsFile } from '../settings/sessions.ts';
import { countSummary, tellSummary } from './summary.ts';

/** The machines that a command line asks for. */
export interface FoundFleet {
  readonly fleet: Fleet;
  /** All machines, and those that were selected. */
  readonly all: readonly ListedVm[];
  readonly vms: readonly ListedVm[];
  /** Literal names that no machine has; ids for sessions whose machine is not there. */
  readonly missing: readonly string[];
  /** The session names that were given, by id. */
  readonly sessionNames: ReadonlyMap<string, string>;
  readonly settings: Settings;
  /** How it was asked for. */
  readonly request: FleetRequest;
  /** To be called once the data is out: tells on stderr what is no data, and gives the exit code. */
  finish(): number;
}

/**
 * What commands on machines have in common: settings, the fleet, and the selection from it.
 *
 * @param options `onlyFresh`: no stale answer at once, not even for a person at a terminal
 */
export async function findFleet(
  context: CommandContext,
  { onlyFresh = false }: { onlyFresh?: boolean } = {},
): Promise<FoundFleet> {
  const { args, io, explain } = context;
  const freshness = { ...readFreshness(args), onlyFresh };
  const settings = await context.settings();
  const loadingSessions = sessionsFile(settings).load();
  const sessions = loadingSessions instanceof Promise ? await loadingSessions : loadingSessions;
  const selection = readSelection(args, await allSelectors(context), settings.resourceGroup);
  const request = withNamedSubscriptions(
    fleetRequest(context, settings, freshness),
    args,
    selection.selectors,
    sessions,
  );
  const { fleet, refreshing } = await getFleet(context, request);
  const { selectors, names: sessionNames } = resolveSessions(selection.selectors, sessions, fleet.vms);
  const all = withSessions(fleet.vms, sessions);
  const { vms, missing } = select(all, { ...selection, selectors });
  return {
    fleet,
    all,
    vms,
    missing,
    sessionNames,
    settings,
    request,
    finish() {
      for (const line of errorLines(fleet)) context.notice(`azfleet: ${line}`);
      // Where no part could be had, how many there are is not known.
      if (fleet.parts.length > 0) tellSummary(context, countSummary(vms, all.length), fleet, refreshing);
      if (refreshing) io.startInBackground(refreshArguments(request));
      explain.phase('output');
      return fleetExitCode(fleet);
    },
  };
}

/** A resource id, and a session, name their subscription themselves: it is listed too, where none was asked for with -s. */
function withNamedSubscriptions(
  request: FleetRequest,
  args: Arguments,
  selectors: readonly string[],
  sessions: Names,
): FleetRequest {
  if (args.has('subscription') || request.subscriptions.includes('*')) return request;
  const named = selectors.flatMap((word) => /^\/subscriptions\/([^/]+)\//i.exec(sessions.get(word) ?? word)?.[1] ?? []);
  const known = new Set(request.subscriptions.map((id) => id.toLowerCase()));
  const further = named.filter((id) => !known.has(id.toLowerCase()));
  return { ...request, subscriptions: [...request.subscriptions, ...new Set(further)] };
}

/** The names on the command line and those of `--targets-from`. */
async function allSelectors({ args }: CommandContext): Promise<readonly string[]> {
  const file = args.value('targets-from');
  if (file === undefined) return args.positionals;
  const { readTargets } = await import('./targets-file.ts');
  return [...args.positionals, ...readTargets(file)];
}

function refreshArguments({ settings, subscriptions }: FleetRequest): string[] {
  const context = settings.context === undefined ? [] : ['--context', settings.context];
  return ['cache', 'warm', '--background', ...context, ...subscriptions.flatMap((name) => ['-s', name])];
}
