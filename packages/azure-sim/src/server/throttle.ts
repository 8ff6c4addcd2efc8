import type { Clock } from '../clock.ts';
import { ArmError } from './arm-error.ts';
import type { RequestKind } from './request-kind.ts';
import { TokenBucket, type BucketSize } from './token-bucket.ts';

export interface ThrottleSizes {
  readonly reads: BucketSize;
  readonly writes: BucketSize;
}

/** Compute's own limit on lists of a subscription: 900 at most, 300 more a minute. */
const computeLists: BucketSize = { capacity: 900, refillPerSecond: 5 };
const computeListName = 'Microsoft.Compute/HighCostGetSubscriptionMaximum';

interface Call {
  readonly method: string;
  readonly kind: RequestKind;
  /** `undefined`: a call that belongs to no subscription. It has a bucket of the principal's own. */
  readonly subscriptionId: string | undefined;
  readonly objectId: string;
}

/**
 * Azure's rate limits: token buckets for reads and writes, one a subscription and principal, and Compute's for lists.
 * Source of the sizes: "Understand how Azure Resource Manager throttles requests" and "Azure Compute throttling".
 */
export class Throttle {
  readonly #sizes: ThrottleSizes | undefined;
  readonly #clock: Clock;
  readonly #buckets = new Map<string, TokenBucket>();

  /** `sizes` of `undefined`: nothing is limited. */
  constructor(sizes: ThrottleSizes | undefined, clock: Clock) {
    this.#sizes = sizes;
    this.#clock = clock;
  }

  /**
   * Takes what the call costs, and gives the headers that tell what is left.
   *
   * @throws ArmError 429, with `Retry-After`
   */
  charge(call: Call): Readonly<Record<string, string>> {
    if (this.#sizes === undefined) return {};
    const write = call.method !== 'GET' && call.method !== 'HEAD';
    const scope = `${call.subscriptionId ?? ''}/${call.objectId}`;
    const requests = this.#bucket(
      `${write ? 'write' : 'read'}/${scope}`,
      write ? this.#sizes.writes : this.#sizes.reads,
    );
    if (!requests.take()) throw tooManyRequests(call, write, requests.retryAfterSeconds());
    const left = { [remainingHeader(call, write)]: String(requests.remaining()) };
    if (!isComputeList(call.kind)) return left;
    const lists = this.#bucket(`list/${scope}`, computeLists);
    if (!lists.take()) throw operationNotAllowed(lists.retryAfterSeconds());
    return { ...left, 'x-ms-ratelimit-remaining-resource': `${computeListName};${lists.remaining()}` };
  }

  #bucket(key: string, size: BucketSize): TokenBucket {
    const bucket = this.#buckets.get(key) ?? new TokenBucket(size, this.#clock);
    this.#buckets.set(key, bucket);
    return bucket;
  }
}

function isComputeList(kind: RequestKind): boolean {
  return kind === 'vm-list' || kind === 'vm-status' || kind === 'vm-list-group';
}

function remainingHeader({ subscriptionId }: Call, write: boolean): string {
  return `x-ms-ratelimit-remaining-${subscriptionId === undefined ? 'tenant' : 'subscription'}-${write ? 'writes' : 'reads'}`;
}

function tooManyRequests(call: Call, write: boolean, seconds: number): ArmError {
  const { subscriptionId, objectId } = call;
  const scope = subscriptionId === undefined ? 'the tenant' : `subscription '${subscriptionId}'`;
  const message = `Number of ${write ? 'write' : 'read'} requests for ${scope} actor '${objectId}' exceeded. Please try again after '${seconds}' seconds after additional tokens are available.`;
  const headers = { 'retry-after': String(seconds), [remainingHeader(call, write)]: '0' };
  return new ArmError(429, 'TooManyRequests', message, { headers });
}

function operationNotAllowed(seconds: number): ArmError {
  const message = 'The server rejected the request because too many requests have been received for this subscription.';
  const headers = { 'retry-after': String(seconds), 'x-ms-ratelimit-remaining-resource': `${computeListName};0` };
  return new ArmError(429, 'OperationNotAllowed', message, { headers });
}
