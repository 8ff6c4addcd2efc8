import {
  accountScope,
  createInventory,
  createTokenFiles,
  type Fleet,
  type Inventory,
  type InventoryEvent,
  type SubscriptionInfo,
} from '@azfleet/azure';
import type { CommandContext } from '../command.ts';
import { formatElapsed } from '../duration.ts';
import { CliError } from '../errors.ts';
import { ExitCode } from '../exit-codes.ts';
import { didYouMean } from '../did-you-mean.ts';
import { startSpinner } from '../output/spinner.ts';
import { createAzureRunner, LONGEST_WAIT_MS } from './azure-runner.ts';
import type { FleetRequest } from './fleet-request.ts';
import { forgetKeptTables } from './write-kept-table.ts';
import { answerStore, openCache } from './store.ts';
import { subscriptionIds } from './subscriptions.ts';

/** Asks Azure for what the cache does not have. Loaded only when that is needed. */
export async function askAzure(context: CommandContext, request: FleetRequest): Promise<Fleet> {
  const { io, explain, notice } = context;
  const { settings, connection, profile, freshness } = request;
  const spinner = startSpinner(io.stderr, context.stderrStyle, io.clock, 'asking Azure');
  const cache = openCache(settings, io, (warning) => notice(`azfleet: ${warning}`));
  const store = answerStore(cache, settings, accountScope(connection, profile));
  const runner = createAzureRunner(settings, io.clock);
  const inventory = createInventory({
    connection,
    store,
    clock: io.clock,
    runner,
    ...(settings.tokenCache ? { tokens: createTokenFiles(settings.paths.stateDirectory) } : {}),
    onEvent: narrate(context, (text) => spinner.update(text)),
  });
  explain.phase('loading what asks Azure');
  try {
    const signal = io.interruptSignal();
    const { subscriptions, calls } = await resolveSubscriptions(inventory, request, signal);
    const fleet = await inventory.list({
      subscriptions,
      mode: freshness.mode,
      signal,
      ...(freshness.maxAgeMs === undefined ? {} : { maxAgeMs: freshness.maxAgeMs }),
      ...(settings.resourceGroup === undefined ? {} : { resourceGroup: settings.resourceGroup }),
    });
    fleet.azureCalls += calls;
    explain.phase('Azure', `${fleet.azureCalls} calls, ${fleet.vms.length} machines`);
    await forgetKeptTables(store);
    for (const part of fleet.parts) explain.fact(`${part.kind} of ${part.subscriptionId}: from ${part.source}`);
    return fleet;
  } finally {
    spinner.stop();
    await inventory.close();
    runner.keep();
    await cache.close();
  }
}

/** Ids for what was named; asks for the list of subscriptions only for `*` and names that nobody here knows. */
async function resolveSubscriptions(
  inventory: Inventory,
  { subscriptions: named, profile, freshness: { mode } }: FleetRequest,
  signal: AbortSignal,
): Promise<{ subscriptions: string[]; calls: number }> {
  if (named.length === 0) throw noSubscription();
  const known = subscriptionIds(named, profile);
  if (known !== undefined) return { subscriptions: known, calls: 0 };
  const { subscriptions: all, azureCalls: calls } = await inventory
    .subscriptions({ mode, signal })
    .catch((error: unknown) => {
      throw mode === 'offline' ? notKnownOffline(named) : error;
    });
  const subscriptions = named.includes('*') ? all.map(({ id }) => id) : named.map((name) => idOf(name, all));
  return { subscriptions, calls };
}

function idOf(named: string, all: readonly SubscriptionInfo[]): string {
  const wanted = named.toLowerCase();
  const found = all.filter(({ id, name }) => id.toLowerCase() === wanted || name.toLowerCase() === wanted);
  if (found.length === 1) return found[0]!.id;
  throw unknownSubscription(
    named,
    all.map(({ name }) => name),
    found.length,
  );
}

function notKnownOffline(named: readonly string[]): CliError {
  const what = named.includes('*')
    ? 'the list of subscriptions is not cached'
    : `no subscription called ${named.join(' or ')} is cached`;
  return new CliError('UNKNOWN_OFFLINE', what, {
    exitCode: ExitCode.azureIncomplete,
    hint: 'name it by its id, or run it once without --offline',
  });
}

function noSubscription(): CliError {
  return new CliError('NO_SUBSCRIPTION', 'no subscription is known', {
    exitCode: ExitCode.notPermitted,
    hint: "sign in with 'az login', set AZURE_SUBSCRIPTION_ID, or name one with -s",
  });
}

function unknownSubscription(name: string, names: readonly string[], found: number): CliError {
  const message = found === 0 ? `no subscription is called '${name}'` : `${found} subscriptions are called '${name}'`;
  const hint = found === 0 ? didYouMean(name, names) : 'name it by its id';
  return new CliError('UNKNOWN_SUBSCRIPTION', message, {
    exitCode: ExitCode.usage,
    hint: hint ?? `there is ${names.join(', ') || 'none that you may see'}`,
  });
}

/** Tells the spinner, `--explain` and, where a person should know, stderr what goes on. */
function narrate(context: CommandContext, update: (text: string) => void): (event: InventoryEvent) => void {
  let calls = 0;
  const waits = new Set<string>();
  return (event) => {
    if (event.type === 'request') {
      calls += 1;
      update(`asking Azure · ${calls} ${calls === 1 ? 'call' : 'calls'}`);
      const answer = event.status === 0 ? 'failed' : `answered ${event.status}`;
      context.explain.fact(`${event.kind} ${answer} after ${formatElapsed(event.durationMs)}`);
    }
    if (event.type === 'token')
      context.explain.fact(`token from the ${event.source}, ${formatElapsed(event.durationMs)}`);
    if (event.type === 'refetch')
      context.explain.fact(`${event.kinds.join(' and ')} did not fit together: asked again`);
    if (event.type === 'throttled') {
      const line = throttledLine(event.retryAfterMs);
      if (!waits.has(line)) context.notice(`azfleet: ${line}`);
      waits.add(line);
      context.explain.fact(line);
    }
  };
}

function throttledLine(retryAfterMs: number | undefined): string {
  if (retryAfterMs === undefined) return 'Azure is throttling: trying again more slowly';
  const wait = `${Math.ceil(retryAfterMs / 1000)} s`;
  if (retryAfterMs > LONGEST_WAIT_MS)
    return `Azure is throttling and asks to wait ${wait}, which is too long to wait for`;
  return `Azure is throttling and asks to wait ${wait}: waiting`;
}
