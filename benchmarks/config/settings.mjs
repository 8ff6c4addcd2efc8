// Settings and names like azfleet's own. What they are made with is given, since a build to compare with has its own.

/** `config`: what @azfleet/config exports. */
export function createConfiguration(config) {
  return new config.Configuration({
    defaults,
    schema: async () => (await import('./schemas.mjs')).settingsSchema(config),
    environment: { subscriptions: { variable: 'AZURE_SUBSCRIPTION_ID', parse: (id) => [id], asDefault: true } },
    contextVariable: 'AZFLEET_CONTEXT',
    revision: '1',
  });
}

export function configRequest(directory) {
  return { path: `${directory}/config.toml`, env: {}, compiledDirectory: `${directory}/compiled` };
}

export function createNames(config, directory) {
  return new config.NamesFile({
    path: `${directory}/sessions.toml`,
    schema: async () => (await import('./schemas.mjs')).namesSchema(),
    revision: '1',
    compiledDirectory: `${directory}/compiled`,
  });
}

const defaults = {
  default_context: undefined,
  subscriptions: [],
  resource_group: undefined,
  cloud: 'AzurePublic',
  credential: 'default',
  'ssh.user': undefined,
  'ssh.identity_files': [],
  'ssh.port': 22,
  'ssh.address': 'auto',
  'ssh.jump': undefined,
  'ssh.known_hosts': '~/.ssh/known_hosts',
  'ssh.host_key_policy': 'accept-new',
  'ssh.max_idle': 20,
  'ssh.idle_timeout': 300_000,
  'ssh.ports': {},
  'cache.vm_list': 300_000,
  'cache.vm_status': 60_000,
  'cache.public_ip': 600_000,
  'cache.resource': 1_800_000,
  'cache.max_size': 64_000_000,
};
