import { Configuration, formatProblem, type LoadedConfig } from '@azfleet/config';
import { absolutePath, type PathsRequest, type SettingsPaths, settingsPaths } from './paths.ts';
import { defaultValues, type Settings, settingsRevision, type SettingValues } from './settings.ts';

/** Where to look, and what flags say. */
export interface SettingsRequest extends PathsRequest {
  readonly overrides: {
    /** null: none at all, whatever the variable and the file say. */
    readonly context?: string | null | undefined;
    readonly subscriptions?: readonly string[] | undefined;
    readonly resourceGroup?: string | undefined;
  };
}

const configuration = new Configuration<SettingValues>({
  defaults: defaultValues,
  schema: async () => (await import('./schema.ts')).schema,
  // Other tools' variable: it is meant where a context names no subscription.
  environment: { subscriptions: { variable: 'AZURE_SUBSCRIPTION_ID', parse: (id) => [id.trim()], asDefault: true } },
  contextVariable: 'AZFLEET_CONTEXT',
  revision: settingsRevision,
});

/**
 * Loads azfleet's settings: at once where no file has to be parsed, else as a promise.
 *
 * Precedence: flag > environment > context > file > default.
 *
 * @throws `ConfigError`, one line a problem
 */
export function loadSettings(request: SettingsRequest): Settings | Promise<Settings> {
  const paths = settingsPaths(request);
  const loaded = loadConfigAt(request, paths);
  return loaded instanceof Promise
    ? loaded.then((config) => toSettings(config, request, paths))
    : toSettings(loaded, request, paths);
}

/** {@link loadSettings} with the keys of the file, and where each value came from. */
export async function loadConfig(request: SettingsRequest): Promise<LoadedConfig<SettingValues>> {
  return await loadConfigAt(request, settingsPaths(request));
}

function loadConfigAt(
  request: SettingsRequest,
  paths: SettingsPaths,
): LoadedConfig<SettingValues> | Promise<LoadedConfig<SettingValues>> {
  const { context, subscriptions, resourceGroup } = request.overrides;
  return configuration.load({
    path: paths.configFile,
    env: request.env,
    context,
    overrides: { subscriptions, resource_group: resourceGroup },
    compiledDirectory: paths.compiledDirectory,
  });
}

function toSettings(config: LoadedConfig<SettingValues>, request: PathsRequest, paths: SettingsPaths): Settings {
  const { values } = config;
  const absolute = (path: string): string => absolutePath(path, request, paths.configFile);
  return {
    context: config.context,
    subscriptions: values.subscriptions,
    resourceGroup: values.resource_group,
    cloud: values.cloud,
    endpoint: values.endpoint,
    audience: values.audience,
    caFile: values.ca_file === undefined ? undefined : absolute(values.ca_file),
    credential: values.credential,
    tenant: values.tenant,
    clientId: values.client_id,
    tokenCache: values['auth.token_cache'],
    ssh: {
      user: values['ssh.user'],
      identityFiles: values['ssh.identity_files'].map(absolute),
      port: values['ssh.port'],
      address: values['ssh.address'],
      jump: values['ssh.jump'],
      knownHosts: absolute(values['ssh.known_hosts']),
      hostKeyPolicy: values['ssh.host_key_policy'],
      maxConnections: values['ssh.max_connections'],
      maxIdle: values['ssh.max_idle'],
      idleTimeoutMs: values['ssh.idle_timeout'],
      agent: values['ssh.agent'],
      ports: values['ssh.ports'],
    },
    cache: {
      vmListMs: values['cache.vm_list'],
      vmStatusMs: values['cache.vm_status'],
      publicIpMs: values['cache.public_ip'],
      resourceMs: values['cache.resource'],
      staleWhileRevalidateMs: values['cache.stale_while_revalidate'],
      staleIfErrorMs: values['cache.stale_if_error'],
      maxBytes: values['cache.max_size'],
    },
    paths,
    warnings: config.warnings.map(formatProblem),
  };
}
