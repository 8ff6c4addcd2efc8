import type { AzureSimOptions, SimSshOptions } from '@azfleet/azure-sim';
import type { Arguments, FlagTable } from '../arguments.ts';
import { durationFlag } from '../duration.ts';
import { usageError } from '../errors.ts';

/** Each address of a machine takes a listening socket: beyond this, SSH hosts are for those who ask for them. */
export const MACHINES_WITH_SSH = 500;

/** What kind of Azure `azfleet sim` starts. */
export const simulatorFlags: FlagTable = {
  machines: { value: 'N', help: 'machines in each subscription (default 20, at most 10,000 in all)' },
  subscriptions: { value: 'N', help: 'subscriptions (default 1)' },
  latency: { value: 'TIME', help: 'what each call takes (default 0ms)' },
  jitter: { value: 'TIME', help: 'up to this much more or less, at random' },
  'page-size': { value: 'N', help: 'items a page (default 200)' },
  'read-bucket': { value: 'N', help: 'reads a subscription allows at once (default 250)' },
  'read-refill': { value: 'N', help: 'reads a second that come back (default 25)' },
  fault: { value: 'FAULT', many: true, help: 'kind=vm-status,status=503,nth=1 or drop, truncate, hang' },
  ssh: { help: `SSH hosts for more than ${MACHINES_WITH_SSH} machines, too; up to there they come by themselves` },
  'no-ssh': { help: 'no SSH hosts' },
  'ssh-latency': { value: 'TIME', help: 'the round trip to a machine (default 0ms)' },
  dead: { value: 'N', help: 'so many machines accept connections and say nothing' },
  seed: { value: 'N', help: 'another fleet' },
  port: { value: 'PORT', help: 'where to listen on 127.0.0.1 (default: any free port)' },
};

/** @throws CliError (exit code 2) on a value that cannot be meant */
export function readSimulatorOptions(args: Arguments): AzureSimOptions {
  const throttle = given({
    readBucket: readCount(args, 'read-bucket', 1, 1_000_000),
    readRefillPerSecond: readCount(args, 'read-refill', 1, 1_000_000),
  });
  const options: AzureSimOptions = {
    ...given({
      machines: readCount(args, 'machines', 0, 10_000),
      subscriptions: readCount(args, 'subscriptions', 1, 1000),
      latencyMs: readTime(args, 'latency'),
      jitterMs: readTime(args, 'jitter'),
      pageSize: readCount(args, 'page-size', 1, 10_000),
      seed: readCount(args, 'seed', 0, 2 ** 31),
      port: readCount(args, 'port', 0, 65_535),
    }),
    ...(Object.keys(throttle).length === 0 ? {} : { throttle }),
  };
  return { ...options, ssh: readSsh(args, (options.machines ?? 20) * (options.subscriptions ?? 1)) };
}

function readSsh(args: Arguments, machines: number): SimSshOptions | false {
  const asked = ['ssh', 'ssh-latency', 'dead'].find((flag) => args.has(flag));
  if (args.has('no-ssh')) {
    if (asked === undefined) return false;
    throw usageError(`--no-ssh and --${asked} contradict each other`, 'give one of them');
  }
  const roundTripMs = readTime(args, 'ssh-latency');
  return asked !== undefined || machines <= MACHINES_WITH_SSH ? given({ roundTripMs }) : false;
}

/** @throws CliError (exit code 2) */
export function readCount(args: Arguments, flag: string, from: number, to: number): number | undefined {
  const text = args.value(flag);
  if (text === undefined) return undefined;
  const number = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (number >= from && number <= to) return number;
  throw usageError(`--${flag} '${text}' is not a whole number from ${from} to ${to}`);
}

function readTime(args: Arguments, flag: string): number | undefined {
  const text = args.value(flag);
  return text === undefined ? undefined : durationFlag(`--${flag}`, text);
}

/** The members that have a value. */
function given<T extends object>(members: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as never;
}
