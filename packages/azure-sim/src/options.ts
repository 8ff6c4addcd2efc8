import { systemClock, type Clock } from './clock.ts';
import { checkedNumber } from './checked-number.ts';
import { AzureSimError } from './errors.ts';
import { resolveSshOptions, type ResolvedSshOptions, type SimSshOptions } from './ssh/options.ts';
import type { ThrottleSizes } from './server/throttle.ts';

/** How {@link startAzureSim} makes its Azure. */
export interface AzureSimOptions {
  /**
   * Machines in each subscription; at most 10,000 in all.
   * @default 20
   */
  machines?: number;
  /** @default 1 */
  subscriptions?: number;
  /**
   * Directories that the subscriptions belong to in turn, each with an account of its own.
   * @default 1
   */
  tenants?: number;
  /**
   * Where Resource Manager listens; 0 takes any free port.
   * @default 0
   */
  port?: number;
  /**
   * The address to listen on. The certificate is valid for it, for `127.0.0.1`, for `::1` and for `localhost`.
   * @default '127.0.0.1'
   */
  host?: string;
  /**
   * Milliseconds before each answer, the token's included.
   * @default 0
   */
  latencyMs?: number;
  /**
   * Up to so many milliseconds more, drawn from the seed.
   * @default 0
   */
  jitterMs?: number;
  /**
   * Items in a page of any list.
   * @default 200
   */
  pageSize?: number;
  /**
   * Token buckets of each subscription and principal; `false` limits nothing. The defaults are Azure's.
   * @default { readBucket: 250, readRefillPerSecond: 25, writeBucket: 200, writeRefillPerSecond: 10 }
   */
  throttle?:
    | { readBucket?: number; readRefillPerSecond?: number; writeBucket?: number; writeRefillPerSecond?: number }
    | false;
  /**
   * What the fleet is drawn from: the same seed and counts give the same fleet.
   * @default 1
   */
  seed?: number;
  /**
   * Where the CA certificate is written; it is made if need be.
   * @default a fresh temporary directory, 0700, removed by `close()`
   */
  directory?: string;
  /**
   * What tokens, rate limits and latency go by. (Certificates go by the real time.)
   * @default Node's own
   */
  clock?: Clock;
  /**
   * SSH servers, one a running Linux machine, at the addresses that Azure shows. `true`: with their defaults.
   * @default false
   */
  ssh?: boolean | SimSshOptions;
}

export interface ResolvedOptions {
  readonly machines: number;
  readonly subscriptions: number;
  readonly tenants: number;
  readonly port: number;
  readonly host: string;
  readonly latencyMs: number;
  readonly jitterMs: number;
  readonly pageSize: number;
  readonly throttle: ThrottleSizes | undefined;
  readonly seed: number;
  readonly directory: string | undefined;
  readonly clock: Clock;
  readonly ssh: ResolvedSshOptions | undefined;
}

const maxMachines = 10_000;

/** @throws AzureSimError `INVALID_OPTION` */
export function resolveOptions(options: AzureSimOptions): ResolvedOptions {
  const resolved = {
    machines: checkedNumber('machines', options.machines ?? 20, { whole: true, min: 0, max: maxMachines }),
    subscriptions: checkedNumber('subscriptions', options.subscriptions ?? 1, { whole: true, min: 1, max: 1_000 }),
    tenants: checkedNumber('tenants', options.tenants ?? 1, { whole: true, min: 1, max: 100 }),
    port: checkedNumber('port', options.port ?? 0, { whole: true, min: 0, max: 65_535 }),
    host: options.host ?? '127.0.0.1',
    latencyMs: checkedNumber('latencyMs', options.latencyMs ?? 0, { min: 0 }),
    jitterMs: checkedNumber('jitterMs', options.jitterMs ?? 0, { min: 0 }),
    pageSize: checkedNumber('pageSize', options.pageSize ?? 200, { whole: true, min: 1 }),
    throttle: throttleSizes(options.throttle ?? {}),
    seed: checkedNumber('seed', options.seed ?? 1, {}),
    directory: options.directory,
    clock: options.clock ?? systemClock,
    ssh: resolveSshOptions(options.ssh ?? false),
  };
  const all = resolved.machines * resolved.subscriptions;
  if (all > maxMachines) {
    const hint = `Give at most ${Math.floor(maxMachines / resolved.subscriptions)} machines a subscription.`;
    throw new AzureSimError('INVALID_OPTION', `${all} machines are more than ${maxMachines} in all.`, { hint });
  }
  return resolved;
}

function throttleSizes(throttle: Exclude<AzureSimOptions['throttle'], undefined>): ThrottleSizes | undefined {
  if (throttle === false) return undefined;
  return {
    reads: bucketSize('read', throttle.readBucket ?? 250, throttle.readRefillPerSecond ?? 25),
    writes: bucketSize('write', throttle.writeBucket ?? 200, throttle.writeRefillPerSecond ?? 10),
  };
}

function bucketSize(name: string, capacity: number, refillPerSecond: number): ThrottleSizes['reads'] {
  return {
    capacity: checkedNumber(`throttle.${name}Bucket`, capacity, { min: 1 }),
    refillPerSecond: checkedNumber(`throttle.${name}RefillPerSecond`, refillPerSecond, { min: 0.001 }),
  };
}
