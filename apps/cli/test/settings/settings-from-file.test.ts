import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryHome } from './support.ts';

const everything = `
default_context = "work"

[contexts.work]
subscriptions  = ["00000000-0000-0000-0000-000000000001"]
resource_group = "web"
cloud          = "AzureChina"
endpoint       = "https://localhost:8443"
audience       = "https://management.example.com"
ca_file        = "ca.pem"
credential     = "managed-identity"
tenant         = "example.com"
client_id      = "00000000-0000-0000-0000-000000000002"
[contexts.work.ssh]
user = "ops"
port = 2222

[contexts.home]
cloud = "AzurePublic"

[auth]
token_cache = false

[ssh]
user = "azureuser"
identity_files = ["~/.ssh/id_ed25519", "/keys/other"]
port = 22
address = "private"
jump = "ops@bastion.example.com:22"
known_hosts = "~/known"
host_key_policy = "strict"
max_connections = 50
max_idle = 5
idle_timeout = "90s"
agent = "off"
ports = { "vm-1" = 2201 }

[cache]
vm_list = "10m"
vm_status = "30s"
public_ip = "1h"
resource = "2h"
stale_while_revalidate = "1d"
stale_if_error = "2w"
max_size = "1GiB"
`;

test('every key of the contract is read', async () => {
  const home = temporaryHome(everything);
  expect(await home.load()).toMatchObject({
    context: 'work',
    subscriptions: ['00000000-0000-0000-0000-000000000001'],
    resourceGroup: 'web',
    cloud: 'AzureChina',
    endpoint: 'https://localhost:8443',
    audience: 'https://management.example.com',
    caFile: join(home.directory, '.config/azfleet/ca.pem'),
    credential: 'managed-identity',
    tenant: 'example.com',
    clientId: '00000000-0000-0000-0000-000000000002',
    tokenCache: false,
    ssh: {
      user: 'ops',
      identityFiles: [join(home.directory, '.ssh/id_ed25519'), '/keys/other'],
      port: 2222,
      address: 'private',
      jump: 'ops@bastion.example.com:22',
      knownHosts: join(home.directory, 'known'),
      hostKeyPolicy: 'strict',
      maxConnections: 50,
      maxIdle: 5,
      idleTimeoutMs: 90_000,
      agent: 'off',
      ports: { 'vm-1': 2201 },
    },
    cache: {
      vmListMs: 600_000,
      vmStatusMs: 30_000,
      publicIpMs: 3_600_000,
      resourceMs: 7_200_000,
      staleWhileRevalidateMs: 86_400_000,
      staleIfErrorMs: 1_209_600_000,
      maxBytes: 1_073_741_824,
    },
    warnings: [],
  });
});

test('flag over environment over context; AZURE_SUBSCRIPTION_ID where a context names no subscription', async () => {
  const home = temporaryHome(everything);
  const env = { AZURE_SUBSCRIPTION_ID: ' from-environment ', AZFLEET_CONTEXT: 'home' };
  expect(await home.load({ env })).toMatchObject({ context: 'home', subscriptions: ['from-environment'] });
  expect((await home.load({ env: { ...env, AZFLEET_CONTEXT: 'work' } })).subscriptions).toEqual([
    '00000000-0000-0000-0000-000000000001',
  ]);
  expect(await home.load({ env })).toMatchObject({
    context: 'home',
    cloud: 'AzurePublic',
    ssh: { user: 'azureuser', port: 22 },
  });
  const overrides = { context: 'work', subscriptions: ['*'], resourceGroup: 'db' };
  expect(await home.load({ env, overrides })).toMatchObject({
    context: 'work',
    subscriptions: ['*'],
    resourceGroup: 'db',
  });
});

test('an unknown context is refused with the nearest one', async () => {
  const home = temporaryHome(everything);
  await expect(home.load({ overrides: { context: 'wrok' } })).rejects.toMatchObject({
    code: 'CONFIG_UNKNOWN_CONTEXT',
    message: '--context: no context named "wrok"; did you mean "work"?',
  });
  await expect(home.load({ env: { AZFLEET_CONTEXT: 'hom' } })).rejects.toThrow(
    '$AZFLEET_CONTEXT: no context named "hom"; did you mean "home"?',
  );
});

test('unknown keys warn', async () => {
  const home = temporaryHome('[ssh]\nusr = "x"\n');
  expect((await home.load()).warnings).toEqual([
    `${home.configFile}:2:1: ssh.usr: unknown key; did you mean ssh.user?`,
  ]);
});

test('every problem is one line with its place', async () => {
  const home = temporaryHome(`
[contexts.a]
subscriptions = ["", 5]
endpoint = "http://localhost:8443"
ca_file = ""
cloud = "AzurePublc"
ssh.port = 70000
[auth]
token_cache = "yes"
[ssh]
max_connections = "aut"
idle_timeout = 300
ports = { a = "b" }
[cache]
vm_list = "5 parsecs"
max_size = "64"
`);
  const error = await home.load().catch((reason: unknown) => reason);
  expect((error as Error).message.replaceAll(`${home.configFile}:`, '').split('\n')).toEqual([
    '3:18: contexts.a.subscriptions[0]: expected a subscription id or name, got ""',
    '3:22: contexts.a.subscriptions[1]: expected a subscription id or name, got 5',
    '4:12: contexts.a.endpoint: expected an https:// address, got "http://localhost:8443"',
    '5:11: contexts.a.ca_file: expected a path, got ""',
    '6:9: contexts.a.cloud: expected "AzurePublic" or "AzureUSGovernment" or "AzureChina", got "AzurePublc"; did you mean "AzurePublic"?',
    '7:12: contexts.a.ssh.port: expected a whole number from 1 to 65535, got 70000',
    '9:15: auth.token_cache: expected true or false, got "yes"',
    '11:19: ssh.max_connections: expected a whole number from 1 to 10000, or "auto", got "aut"; did you mean "auto"?',
    '12:16: ssh.idle_timeout: expected a duration such as "5m" or "1h30m", got 300',
    '13:15: ssh.ports.a: expected a whole number from 1 to 65535, got "b"',
    '15:11: cache.vm_list: expected a duration such as "5m" or "1h30m", got "5 parsecs"',
    '16:12: cache.max_size: expected a size such as "64MB" or "1GiB", got "64"',
  ]);
});

test('nothing is read from the current directory', async () => {
  const home = temporaryHome();
  const clone = join(home.directory, 'clone');
  mkdirSync(join(clone, '.config', 'azfleet'), { recursive: true });
  const hostile = '[contexts.x]\nendpoint = "https://evil.example.com"\n';
  for (const name of ['config.toml', 'azfleet.toml', '.azfleet.toml', '.config/azfleet/config.toml']) {
    writeFileSync(join(clone, name), `default_context = "x"\n${hostile}`);
  }
  const before = process.cwd();
  process.chdir(clone);
  try {
    expect(await home.load({ env: { XDG_CONFIG_HOME: '.config' } })).toMatchObject({
      context: undefined,
      endpoint: undefined,
    });
  } finally {
    process.chdir(before);
  }
});
