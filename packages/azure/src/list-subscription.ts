import type { StoredAnswer } from './answers.ts';
import { machinesToRefetch, nicsToRefetch, publicIpsToRefetch, settledIds } from './consistency.ts';
import type { InventoryEvent } from './events.ts';
import { PART_KINDS, type Part, type PartKind, type Vm } from './fleet.ts';
import { joinFleet } from './join.ts';
import { answerKey } from './keys.ts';
import { PartFetcher, type PartFetcherOptions, type PartResults } from './part-fetcher.ts';
import { encodeProjection, type Projection } from './projection.ts';

export interface SubscriptionListing {
  subscriptionId: string;
  vms: Vm[];
  parts: Part[];
  errors: { kind: PartKind; error: unknown }[];
}

/** Lists one subscription: fetches what is not fresh, again what does not fit together, joins it, and stores the result. */
export async function listSubscription(
  options: PartFetcherOptions & { onEvent: (event: InventoryEvent) => void },
): Promise<SubscriptionListing> {
  const { subscriptionId, resourceGroup, store, fetch, onEvent } = options;
  const fetcher = new PartFetcher(options);
  await fetcher.chooseScope();
  let results: PartResults = await fetcher.fetch(PART_KINDS);
  const projectionKey = answerKey(fetcher.isOfGroup ? resourceGroup : undefined);
  const projections = store.namespace('fleet', subscriptionId);
  const previous = fetch.mode === 'bypass' ? undefined : await projections.get<Projection>(projectionKey);
  const settled = new Set(previous?.value.settled);

  if (fetch.mode !== 'offline') {
    const checks = [(parts: PartResults) => machinesToRefetch(parts, settled), nicsToRefetch, publicIpsToRefetch];
    for (const check of checks) {
      const kinds = check(results);
      if (kinds.length === 0) continue;
      onEvent({ type: 'refetch', kinds, subscriptionId });
      const again = await fetcher.fetch(kinds, fetch.mode === 'bypass' ? 'bypass' : 'refresh');
      results = keepingAnswers(results, again);
    }
  }

  const listing = toListing(subscriptionId, results);
  if (fetch.mode !== 'bypass' && fetch.mode !== 'offline') {
    const projection = projectionOf(listing, results, settledIds(results, settled));
    if (projection !== undefined && !isSame(projection, previous)) {
      await projections.set(projectionKey, projection, {
        fetchedAt: Math.min(...projection.parts.map((part) => part[1])),
      });
    }
  }
  return listing;
}

/** An answer that could not be fetched again is still an answer. */
function keepingAnswers(before: PartResults, again: Partial<PartResults>): PartResults {
  const merged: Record<string, PartResults[PartKind]> = { ...before };
  for (const kind of PART_KINDS) {
    const result = again[kind];
    if (result === undefined) continue;
    const old = before[kind].answer;
    merged[kind] =
      result.answer === undefined && old !== undefined
        ? { answer: { ...old, stale: true }, error: result.error }
        : result;
  }
  return merged as unknown as PartResults;
}

function toListing(subscriptionId: string, results: PartResults): SubscriptionListing {
  const parts: Part[] = [];
  const errors: SubscriptionListing['errors'] = [];
  for (const kind of PART_KINDS) {
    const { answer, error } = results[kind];
    if (error !== undefined) errors.push({ kind, error });
    if (answer === undefined) continue;
    const { fetchedAt, ageMs, stale } = answer;
    const source = answer.source === 'origin' ? 'azure' : answer.source;
    parts.push({ subscriptionId, kind, source, fetchedAt, ageMs, stale });
  }
  const vms = joinFleet(subscriptionId, {
    machines: results['vm-list'].answer?.value.items,
    statuses: results['vm-status'].answer?.value.items,
    nics: results.nic.answer?.value.items,
    publicIps: results['public-ip'].answer?.value.items,
  });
  return { subscriptionId, vms, parts, errors };
}

/** Only a complete listing is kept as a whole: one with a part that failed or is old would hide that it is. */
function projectionOf(
  { vms, parts, errors }: SubscriptionListing,
  results: PartResults,
  settled: readonly string[],
): Projection | undefined {
  if (errors.length > 0 || parts.some((part) => part.stale)) return undefined;
  const named = parts.map((part) => ({ ...part, generation: results[part.kind].answer?.generation ?? 0 }));
  return encodeProjection(vms, named, settled);
}

/** Made of the same answers: then it says the same. */
function isSame(projection: Projection, previous: StoredAnswer<Projection> | undefined): boolean {
  return (
    projection.version === previous?.value.version &&
    JSON.stringify(projection.parts) === JSON.stringify(previous.value.parts)
  );
}
