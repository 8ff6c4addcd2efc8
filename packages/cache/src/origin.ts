import { type Clock, sleep } from './clock.ts';
import type { Entries } from './entries.ts';
import type { Entry, Loaded, Loader } from './entry.ts';
import { CacheError } from './errors.ts';
import { loadChannel } from './events.ts';
import type { Flight, Landing } from './flight.ts';
import type { NamespaceCounts } from './statistics.ts';
import type { Lease, NamespaceId, Store } from './store.ts';

/** What it takes to ask the origin for a key of a namespace. */
export interface OriginContext {
  readonly namespace: NamespaceId;
  readonly store: Store;
  readonly entries: Entries;
  readonly counts: NamespaceCounts;
  readonly clock: Clock;
}

export interface Request {
  readonly key: string;
  readonly loader: Loader<unknown>;
  /** Whether an entry that another process got meanwhile will do. */
  readonly accepts: (entry: Entry<unknown>) => boolean;
}

const firstPollMs = 5;
const longestPollMs = 100;

/**
 * Asks the origin, as the only one of all processes: who finds the lease taken waits for the owner's answer. An owner
 * that fails, or dies, hands over to one that waits.
 */
export async function askOrigin(context: OriginContext, request: Request, flight: Flight): Promise<Landing> {
  const turn = await takeTurn(context, request, flight.signal);
  if (turn.entry !== undefined) return { entry: turn.entry, source: 'peer' };
  try {
    return { entry: await load(context, request, flight, turn.lease), source: 'origin' };
  } finally {
    await turn.lease?.release();
  }
}

interface Turn {
  /** Set when another process was faster. */
  readonly entry?: Entry<unknown>;
  /** Not set where there can be no lease. */
  readonly lease?: Lease;
}

async function takeTurn(context: OriginContext, request: Request, signal: AbortSignal): Promise<Turn> {
  let owner: number | undefined;
  for (let pollMs = firstPollMs; ; pollMs = Math.min(pollMs * 1.5, longestPollMs)) {
    signal.throwIfAborted();
    const attempt = await context.store.lease(context.namespace, request.key);
    // An owner writes before it gives the lease back: there is something new only when the owner is another.
    if (attempt.status !== 'held' || attempt.token !== owner || owner === undefined) {
      const entry = await context.entries.read(request.key);
      if (entry !== undefined && request.accepts(entry)) {
        if (attempt.status === 'taken') await attempt.lease.release();
        return { entry };
      }
    }
    if (attempt.status === 'taken') return { lease: attempt.lease };
    if (attempt.status === 'unavailable') return {};
    owner = attempt.token;
    await sleep(context.clock, pollMs * (0.5 + Math.random()), signal);
  }
}

async function load(
  context: OriginContext,
  request: Request,
  flight: Flight,
  lease: Lease | undefined,
): Promise<Entry<unknown>> {
  const { store, namespace, entries, counts, clock } = context;
  store.registerSync(namespace);
  // Before the loader starts: what is invalidated while it runs is not kept.
  const generation = store.generationSync(namespace);
  flight.started(generation);
  const previous = await entries.read(request.key);
  const fetchedAt = clock.now();
  counts.loads += 1;
  let kept = false;
  let failure: unknown;
  try {
    const loaded = await request.loader({ signal: flight.signal, previous });
    const { value, etag } = complete(loaded, previous, request.key);
    const meta = { fetchedAt, generation, ...(etag === undefined ? {} : { etag }) };
    // A lease that was taken over is another's to write under.
    kept = (lease === undefined || lease.isHeld()) && (await entries.write(request.key, value, meta));
    if (!kept) counts.notKept += 1;
    return { value, ...meta, ageMs: Math.max(0, clock.now() - fetchedAt), freshness: 'fresh' };
  } catch (error) {
    failure = error;
    counts.loadErrors += 1;
    throw error;
  } finally {
    if (loadChannel.hasSubscribers) {
      const durationMs = clock.now() - fetchedAt;
      loadChannel.publish({ namespace: namespace.name, key: request.key, durationMs, kept, error: failure });
    }
  }
}

function complete(
  loaded: Loaded<unknown>,
  previous: Entry<unknown> | undefined,
  key: string,
): { value: unknown; etag?: string } {
  if (!('notModified' in loaded)) return loaded;
  if (previous !== undefined) return previous;
  throw new CacheError(
    'ERR_NOTHING_TO_REVALIDATE',
    `The loader for ${key} answered notModified without a previous entry`,
  );
}
