import { describe, expect, it } from 'vitest';

import { checkAudience, destinationOf } from '../src/clouds.ts';
import { AzureError, type AzureConnection, createInventory } from '../src/index.ts';

const base: AzureConnection = { cloud: 'AzurePublic', credential: 'default', env: {} };

describe('where a connection leads', () => {
  it.each([
    ['AzurePublic', 'https://management.azure.com', 'https://login.microsoftonline.com'],
    ['AzureUSGovernment', 'https://management.usgovcloudapi.net', 'https://login.microsoftonline.us'],
    ['AzureChina', 'https://management.chinacloudapi.cn', 'https://login.chinacloudapi.cn'],
  ] as const)('%s', (cloud, endpoint, authorityHost) => {
    expect(destinationOf({ ...base, cloud })).toEqual({
      endpoint,
      origin: endpoint,
      places: { endpoint, audience: endpoint, authorityHost },
    });
  });

  it('knows an Azure cloud by its endpoint', () => {
    const { places } = destinationOf({ ...base, endpoint: 'https://management.usgovcloudapi.net/' });
    expect(places?.authorityHost).toBe('https://login.microsoftonline.us');
  });

  it("takes an endpoint of one's own, whose audience is to be asked for", () => {
    expect(destinationOf({ ...base, endpoint: 'https://LOCALHOST:8443/' })).toEqual({
      endpoint: 'https://localhost:8443',
      origin: 'https://localhost:8443',
      places: undefined,
    });
  });

  it.each(['http://localhost:8443', 'localhost:8443', 'https://user:pw@localhost', 'https://localhost/?x=1', ''])(
    'refuses the endpoint %j, as tokens would not be safe with it',
    (endpoint) => {
      const create = (): unknown =>
        createInventory({ connection: { ...base, endpoint }, store: { namespace: () => expect.fail('asked') } });
      expect(create).toThrow(expect.objectContaining({ code: 'ENDPOINT_INVALID', category: 'configuration' }));
    },
  );
});

describe("the audience of an endpoint of one's own", () => {
  const endpoint = 'https://arm.example.com:8443';

  it.each([
    'https://arm.example.com:8443/',
    'https://arm.example.com',
    'https://management.contoso.onmicrosoft.com/0000',
  ])('may be said by the endpoint: %s', (audience) => {
    expect(checkAudience(audience, endpoint, 'endpoint')).toBe(audience);
  });

  it.each([
    'https://management.azure.com/',
    'https://management.core.windows.net/',
    'https://vault.azure.net',
    '797f4846-ba00-4fd7-ba43-dac1f8f63013',
    'api://arm.example.com',
    'https://arm.example.com@management.azure.com/',
    'https://arm.example.com.evil.test',
  ])("may not be another's when the endpoint says it: %s", (audience) => {
    expect(() => checkAudience(audience, endpoint, 'endpoint')).toThrow(AzureError);
  });

  it('may be anything the configuration says, but not an Azure cloud', () => {
    expect(checkAudience('api://own-application', endpoint, 'configuration')).toBe('api://own-application');
    for (const audience of [
      'https://MANAGEMENT.azure.com./',
      'https://management.core.windows.net/',
      '797F4846-BA00-4FD7-BA43-DAC1F8F63013',
    ]) {
      expect(() => checkAudience(audience, endpoint, 'configuration')).toThrow(
        expect.objectContaining({ code: 'AUDIENCE_REFUSED' }),
      );
    }
  });
});
