import { isResourceManager, requestKinds, type RequestKind } from './request-kind.ts';

/** What was asked of the simulator since it started, or since the last `resetStats()`. */
export interface SimStats {
  readonly total: number;
  /** Requests to Resource Manager: all but `token`, `metadata` and `login`. */
  readonly arm: number;
  readonly byKind: Readonly<Record<RequestKind, number>>;
  /** By HTTP status; `dropped`, `hung` and `truncated` for what a fault did, `aborted` where the client went away. */
  readonly byStatus: Readonly<Record<string, number>>;
  /** The most requests that were being answered at one time. */
  readonly maxInFlight: number;
}

/** Counts requests. One counts from its arrival; its status from its end. */
export class StatsCounter {
  #byKind = new Map<RequestKind, number>();
  #byStatus = new Map<string, number>();
  #inFlight = 0;
  #maxInFlight = 0;

  /** Returns what to call with the outcome, once. */
  begin(kind: RequestKind): (outcome: string) => void {
    increment(this.#byKind, kind);
    this.#inFlight += 1;
    this.#maxInFlight = Math.max(this.#maxInFlight, this.#inFlight);
    return (outcome) => {
      this.#inFlight -= 1;
      increment(this.#byStatus, outcome);
    };
  }

  reset(): void {
    this.#byKind = new Map();
    this.#byStatus = new Map();
    this.#maxInFlight = this.#inFlight;
  }

  read(): SimStats {
    const counts = requestKinds.map((kind) => [kind, this.#byKind.get(kind) ?? 0] as const);
    const sum = (pairs: typeof counts): number => pairs.reduce((total, [, count]) => total + count, 0);
    return {
      total: sum(counts),
      arm: sum(counts.filter(([kind]) => isResourceManager(kind))),
      byKind: Object.fromEntries(counts) as Record<RequestKind, number>,
      byStatus: Object.fromEntries(this.#byStatus),
      maxInFlight: this.#maxInFlight,
    };
  }
}

function increment<K>(counts: Map<K, number>, key: K): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
