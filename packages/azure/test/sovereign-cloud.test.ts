import { expect, it } from 'vitest';

import { startProxy } from './forward-proxy.ts';
import { listInProcess } from './lister-process.ts';
import { startScene } from './scene.ts';

it.each([
  ['AzurePublic', 'management.azure.com:443', 'login.microsoftonline.com:443'],
  ['AzureUSGovernment', 'management.usgovcloudapi.net:443', 'login.microsoftonline.us:443'],
  // The name under which the SDK knows login.chinacloudapi.cn.
  ['AzureChina', 'management.chinacloudapi.cn:443', 'login.partner.microsoftonline.cn:443'],
] as const)('%s is asked at its own places', async (cloud, resourceManager, authority) => {
  const scene = await startScene({ machines: 1 });
  const ofCloud = { cloud, endpoint: undefined, caFile: undefined };

  // The token is for the cloud's Resource Manager, which is then asked.
  const proxy = await startProxy();
  const env = { HTTPS_PROXY: proxy.url };
  const outcome = await listInProcess(scene, { env, connection: ofCloud });
  expect(new Set(proxy.tunnels)).toEqual(new Set([resourceManager]));
  expect(outcome.errors).toEqual([expect.objectContaining({ category: expect.stringMatching(/network|azure/) })]);
  expect(scene.sim.stats().byKind.token).toBe(1);

  // A service principal signs in with the cloud's authority.
  const second = await startProxy();
  const secrets = {
    AZURE_TENANT_ID: scene.subscription,
    AZURE_CLIENT_ID: scene.subscription,
    AZURE_CLIENT_SECRET: 'x',
  };
  await listInProcess(scene, {
    env: { HTTPS_PROXY: second.url, ...secrets },
    connection: { ...ofCloud, credential: 'environment' },
  });
  expect(new Set(second.tunnels)).toEqual(new Set([authority]));
});
