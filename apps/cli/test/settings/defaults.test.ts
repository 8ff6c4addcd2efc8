import { expect, test } from 'vitest';
import { loadSettings } from '../../src/settings/load-settings.ts';
import { schema } from '../../src/settings/schema.ts';
import { defaultValues } from '../../src/settings/settings.ts';
import { temporaryHome } from './support.ts';

test('without a file there are defaults, at once', () => {
  const { directory } = temporaryHome();
  const settings = loadSettings({ env: {}, platform: 'linux', homeDirectory: directory, overrides: {} });
  expect(settings).not.toBeInstanceOf(Promise);
  expect(settings).toEqual({
    context: undefined,
    subscriptions: [],
    resourceGroup: undefined,
    cloud: 'AzurePublic',
    endpoint: undefined,
    audience: undefined,
    caFile: undefined,
    credential: 'default',
    tenant: undefined,
    clientId: undefined,
    tokenCache: true,
    ssh: {
      user: undefined,
      identityFiles: [],
      port: 22,
      address: 'auto',
      jump: undefined,
      knownHosts: `${directory}/.ssh/known_hosts`,
      hostKeyPolicy: 'accept-new',
      maxConnections: 'auto',
      maxIdle: 20,
      idleTimeoutMs: 300_000,
      agent: 'auto',
      ports: {},
    },
    cache: {
      vmListMs: 300_000,
      vmStatusMs: 60_000,
      publicIpMs: 600_000,
      resourceMs: 1_800_000,
      staleWhileRevalidateMs: 3_600_000,
      staleIfErrorMs: 604_800_000,
      maxBytes: 64_000_000,
    },
    paths: {
      configFile: `${directory}/.config/azfleet/config.toml`,
      sessionsFile: `${directory}/.config/azfleet/sessions.toml`,
      cacheDirectory: `${directory}/.cache/azfleet`,
      compiledDirectory: `${directory}/.cache/azfleet/config`,
      stateDirectory: `${directory}/.local/state/azfleet`,
      runtimeDirectory: `${directory}/.local/state/azfleet/run`,
    },
    warnings: [],
  });
});

/** The keys that a file can say at its top or in a context. */
function keysOfSchema(): Set<string> {
  const { auth, ssh, cache, contexts } = schema.entries;
  const { ssh: sshOfContext, ...contextKeys } = contexts.wrapped.value.entries;
  expect(Object.keys(sshOfContext.wrapped.entries)).toEqual(Object.keys(ssh.wrapped.entries));
  const tables = { auth, ssh, cache };
  const inTables = Object.entries(tables).flatMap(([name, table]) =>
    Object.keys(table.wrapped.entries).map((key) => `${name}.${key}`),
  );
  return new Set(['default_context', ...Object.keys(contextKeys), ...inTables]);
}

test('every key of the schema has a default, and every default a key', () => {
  expect(new Set(Object.keys(defaultValues))).toEqual(keysOfSchema());
});
