import type { SettingsPaths } from './paths.ts';

/** What azfleet was told to do, from flags, environment, context and file, complete with defaults. */
export interface Settings {
  /** The context in use. */
  readonly context: string | undefined;
  /** Ids, names or `*`; empty when nothing names any, and then it is az's current subscription. */
  readonly subscriptions: readonly string[];
  readonly resourceGroup: string | undefined;
  readonly cloud: Cloud;
  /** A Resource Manager endpoint instead of the cloud's own; always https. */
  readonly endpoint: string | undefined;
  /** The audience of tokens for `endpoint`; else it is asked for its own. */
  readonly audience: string | undefined;
  /** A PEM file of certificate authorities to trust besides the usual ones. */
  readonly caFile: string | undefined;
  readonly credential: Credential;
  readonly tenant: string | undefined;
  readonly clientId: string | undefined;
  /** Whether access tokens of the az command line are kept between commands. */
  readonly tokenCache: boolean;
  readonly ssh: SshSettings;
  readonly cache: CacheSettings;
  readonly paths: SettingsPaths;
  /** One line each. */
  readonly warnings: readonly string[];
}

type Cloud = 'AzurePublic' | 'AzureUSGovernment' | 'AzureChina';
type Credential = 'default' | 'cli' | 'environment' | 'managed-identity' | 'workload-identity';

interface SshSettings {
  /** Undefined: the machine's own adminUsername. */
  readonly user: string | undefined;
  /** Absolute paths, to be tried in this order; empty: the usual ones. */
  readonly identityFiles: readonly string[];
  readonly port: number;
  readonly address: 'auto' | 'public' | 'private';
  /** `[user@]host[:port]`, several with commas. */
  readonly jump: string | undefined;
  /** Absolute path of the user's known_hosts. */
  readonly knownHosts: string;
  readonly hostKeyPolicy: 'accept-new' | 'strict';
  readonly maxConnections: number | 'auto';
  readonly maxIdle: number;
  readonly idleTimeoutMs: number;
  readonly agent: 'auto' | 'off';
  /** Ports of single machines, by name. */
  readonly ports: Readonly<Record<string, number>>;
}

interface CacheSettings {
  readonly vmListMs: number;
  readonly vmStatusMs: number;
  readonly publicIpMs: number;
  readonly resourceMs: number;
  readonly staleWhileRevalidateMs: number;
  readonly staleIfErrorMs: number;
  readonly maxBytes: number;
}

/** The settings as the file names them. A context may say all that the schema lets it say. */
export interface SettingValues {
  default_context: string | undefined;
  subscriptions: readonly string[];
  resource_group: string | undefined;
  cloud: Cloud;
  endpoint: string | undefined;
  audience: string | undefined;
  ca_file: string | undefined;
  credential: Credential;
  tenant: string | undefined;
  client_id: string | undefined;
  'auth.token_cache': boolean;
  'ssh.user': string | undefined;
  'ssh.identity_files': readonly string[];
  'ssh.port': number;
  'ssh.address': SshSettings['address'];
  'ssh.jump': string | undefined;
  'ssh.known_hosts': string;
  'ssh.host_key_policy': SshSettings['hostKeyPolicy'];
  'ssh.max_connections': number | 'auto';
  'ssh.max_idle': number;
  'ssh.idle_timeout': number;
  'ssh.agent': SshSettings['agent'];
  'ssh.ports': Readonly<Record<string, number>>;
  'cache.vm_list': number;
  'cache.vm_status': number;
  'cache.public_ip': number;
  'cache.resource': number;
  'cache.stale_while_revalidate': number;
  'cache.stale_if_error': number;
  'cache.max_size': number;
}

/** Counts the changes of schema.ts, so that what was compiled with an older schema is not used. */
export const settingsRevision = '1';

const secondMs = 1000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** Durations in milliseconds, sizes in bytes, paths as they would be written. */
export const defaultValues: SettingValues = {
  default_context: undefined,
  subscriptions: [],
  resource_group: undefined,
  cloud: 'AzurePublic',
  endpoint: undefined,
  audience: undefined,
  ca_file: undefined,
  credential: 'default',
  tenant: undefined,
  client_id: undefined,
  'auth.token_cache': true,
  'ssh.user': undefined,
  'ssh.identity_files': [],
  'ssh.port': 22,
  'ssh.address': 'auto',
  'ssh.jump': undefined,
  'ssh.known_hosts': '~/.ssh/known_hosts',
  'ssh.host_key_policy': 'accept-new',
  'ssh.max_connections': 'auto',
  'ssh.max_idle': 20,
  'ssh.idle_timeout': 5 * minuteMs,
  'ssh.agent': 'auto',
  'ssh.ports': {},
  'cache.vm_list': 5 * minuteMs,
  'cache.vm_status': minuteMs,
  'cache.public_ip': 10 * minuteMs,
  'cache.resource': 30 * minuteMs,
  'cache.stale_while_revalidate': hourMs,
  'cache.stale_if_error': 7 * dayMs,
  'cache.max_size': 64_000_000,
};
