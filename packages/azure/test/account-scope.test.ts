import { describe, expect, it } from 'vitest';

import { accountScope, type AzureConnection, type AzureProfile } from '../src/index.ts';

const profile: AzureProfile = {
  tenantId: 'TENANT-1',
  account: 'Alice@example.com',
  subscriptionId: 'sub-1',
  subscriptions: [],
};

const scope = (connection: Partial<AzureConnection>, signedIn: AzureProfile | undefined = profile): string =>
  accountScope({ cloud: 'AzurePublic', credential: 'default', env: {}, ...connection }, signedIn).join(' ');

describe('whose answers they are', () => {
  it.each([
    ['the account az is signed in with', {}, 'AzurePublic tenant-1 alice@example.com'],
    ['the same for the cli credential', { credential: 'cli' }, 'AzurePublic tenant-1 alice@example.com'],
    ['the tenant that is asked for', { tenant: 'OTHER' }, 'AzurePublic other alice@example.com'],
    ['the cloud', { cloud: 'AzureChina' }, 'AzureChina tenant-1 alice@example.com'],
    ['the endpoint', { endpoint: 'https://Arm.example.com/' }, 'arm.example.com:443 tenant-1 alice@example.com'],
    ['the endpoint and its port', { endpoint: 'https://localhost:8443' }, 'localhost:8443 tenant-1 alice@example.com'],
    ['an endpoint that is none', { endpoint: 'nonsense' }, 'nonsense tenant-1 alice@example.com'],
    [
      'the client of the environment',
      { env: { AZURE_CLIENT_ID: 'APP', AZURE_CLIENT_SECRET: 'x', AZURE_TENANT_ID: 'T' } },
      'AzurePublic t app',
    ],
    [
      'the user of the environment',
      { credential: 'environment', env: { AZURE_USERNAME: 'Bob' } },
      'AzurePublic default bob',
    ],
    ['the managed identity', { env: { IDENTITY_ENDPOINT: 'http://x' } }, 'AzurePublic default managed-identity'],
    ['one of several managed identities', { credential: 'managed-identity', clientId: 'ID' }, 'AzurePublic default id'],
    ['a workload', { env: { AZURE_FEDERATED_TOKEN_FILE: '/t', AZURE_CLIENT_ID: 'w' } }, 'AzurePublic default w'],
    [
      'az all the same when the chain is narrowed to it',
      { env: { AZURE_TOKEN_CREDENTIALS: 'AzureCliCredential', IDENTITY_ENDPOINT: 'x' } },
      'AzurePublic tenant-1 alice@example.com',
    ],
    [
      'what the chain is narrowed to',
      { env: { AZURE_TOKEN_CREDENTIALS: 'prod' } },
      'AzurePublic default managed-identity',
    ],
    [
      'the environment, named',
      { env: { AZURE_TOKEN_CREDENTIALS: 'EnvironmentCredential', AZURE_CLIENT_ID: 'e' } },
      'AzurePublic default e',
    ],
    [
      'the workload, named',
      { env: { AZURE_TOKEN_CREDENTIALS: 'WorkloadIdentityCredential' } },
      'AzurePublic default workload-identity',
    ],
    [
      'the managed identity, named',
      { env: { AZURE_TOKEN_CREDENTIALS: 'ManagedIdentityCredential' } },
      'AzurePublic default managed-identity',
    ],
  ] as [string, Partial<AzureConnection>, string][])('%s', (_, connection, expected) => {
    expect(scope(connection)).toBe(expected);
  });

  it('is nobody in particular when nobody is signed in', () => {
    expect(accountScope({ cloud: 'AzurePublic', credential: 'cli', env: {} }, undefined)).toEqual([
      'AzurePublic',
      'default',
      'default',
    ]);
  });
});
