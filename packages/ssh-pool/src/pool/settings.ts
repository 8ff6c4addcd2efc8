import { join } from 'node:path';
import { type Clock, systemClock } from '../clock.ts';
import { type Connector, tcpConnector } from '../connection/connector.ts';
import { invalidOption } from '../errors.ts';
import type { PassphrasePrompt } from '../identities/prompt.ts';
import { type UserEnvironment, expandHome, userEnvironment } from '../paths.ts';
import type { KnownHostsPaths } from '../route/host-key-rules.ts';
import type { SshPoolOptions, TimeLimits } from './options.ts';

/** The options, complete. */
export interface PoolSettings {
  readonly maxConnections: number;
  readonly maxIdle: number;
  readonly idleTimeoutMs: number;
  readonly maxLifetimeMs: number;
  readonly keepAliveIntervalMs: number;
  readonly keepAliveMaxMissed: number;
  readonly limits: Required<TimeLimits>;
  readonly knownHosts: KnownHostsPaths;
  readonly configPaths: readonly string[];
  readonly prompt: PassphrasePrompt | undefined;
  readonly connector: Connector;
  readonly clock: Clock;
  readonly environment: UserEnvironment;
}

/** @throws {@link SshPoolError} `SSH_INVALID_OPTION` */
export function settingsOf(options: SshPoolOptions): PoolSettings {
  const environment = userEnvironment(options.homeDirectory, options.env);
  const paths = (given: readonly string[] | undefined, usual: readonly string[]): string[] =>
    (given ?? usual).map((path) => expandHome(path, environment.home));
  const ownSsh = (name: string): string => join(environment.home, '.ssh', name);
  const { own, user, system } = options.knownHosts ?? {};
  const maxConnections = count('maxConnections', options.maxConnections ?? 20, 1);
  return {
    maxConnections,
    maxIdle: count('maxIdle', options.maxIdle ?? maxConnections, 0),
    idleTimeoutMs: duration('idleTimeoutMs', options.idleTimeoutMs ?? 300_000),
    maxLifetimeMs: duration('maxLifetimeMs', options.maxLifetimeMs ?? 3_600_000),
    keepAliveIntervalMs: duration('keepAliveIntervalMs', options.keepAliveIntervalMs ?? 15_000),
    keepAliveMaxMissed: count('keepAliveMaxMissed', options.keepAliveMaxMissed ?? 3, 1),
    limits: limitsOf(options.limits, { waitMs: Infinity, connectMs: 15_000, commandMs: Infinity }),
    knownHosts: {
      own: own === undefined ? undefined : expandHome(own, environment.home),
      user: paths(user, [ownSsh('known_hosts'), ownSsh('known_hosts2')]),
      system: paths(system, ['/etc/ssh/ssh_known_hosts', '/etc/ssh/ssh_known_hosts2']),
    },
    configPaths: paths(options.configFiles, [ownSsh('config'), '/etc/ssh/ssh_config']),
    prompt: options.prompt,
    connector: options.connector ?? tcpConnector,
    clock: options.clock ?? systemClock,
    environment,
  };
}

export function limitsOf(given: TimeLimits | undefined, usual: Required<TimeLimits>): Required<TimeLimits> {
  return {
    waitMs: duration('waitMs', given?.waitMs ?? usual.waitMs),
    connectMs: duration('connectMs', given?.connectMs ?? usual.connectMs),
    commandMs: duration('commandMs', given?.commandMs ?? usual.commandMs),
  };
}

function count(name: string, value: number, least: number): number {
  if (value === Infinity || (Number.isInteger(value) && value >= least)) return value;
  throw invalidOption(name, `a whole number of at least ${least}`, value);
}

function duration(name: string, value: number): number {
  if (typeof value === 'number' && value > 0) return value;
  throw invalidOption(name, 'a number of milliseconds above 0', value);
}
