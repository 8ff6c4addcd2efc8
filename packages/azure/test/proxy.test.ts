import { describe, expect, it } from 'vitest';

import { listInProcess } from './lister-process.ts';
import { startProxy } from './forward-proxy.ts';
import { startRecorder } from './recorder.ts';
import { startScene } from './scene.ts';

describe('a proxy in the environment', () => {
  it.each(['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY'])(
    'is used when %s names it, with the authorities of ca_file',
    async (name) => {
      const scene = await startScene({ machines: 20, pageSize: 2 });
      const proxy = await startProxy();
      const outcome = await listInProcess(scene, { env: { [name]: proxy.url } });
      expect(outcome).toMatchObject({ vms: 20, errors: [], code: 0 });
      const { host } = new URL(scene.sim.endpoint);
      expect(new Set(proxy.tunnels)).toEqual(new Set([host]));
      // Forty pages and the metadata: tunnels are kept and used again.
      expect(proxy.tunnels.length).toBeLessThanOrEqual(5);
      // The managed identity's endpoint is on this machine: its secret is not for the proxy.
      expect(proxy.others).toEqual([]);
    },
  );

  it('is not used for what NO_PROXY names', async () => {
    const scene = await startScene({ machines: 3 });
    const proxy = await startProxy();
    const outcome = await listInProcess(scene, { env: { HTTPS_PROXY: proxy.url, NO_PROXY: 'localhost,127.0.0.1' } });
    expect(outcome).toMatchObject({ vms: 3, errors: [], code: 0 });
    expect(proxy.tunnels).toEqual([]);
  });

  it.each(['NO_PROXY', 'no_proxy'])('is not used at all when %s is *', async (name) => {
    const scene = await startScene({ machines: 3 });
    const proxy = await startProxy();
    const outcome = await listInProcess(scene, { env: { HTTPS_PROXY: proxy.url, [name]: 'example.com, *' } });
    expect(outcome).toMatchObject({ vms: 3, errors: [], code: 0 });
    expect(proxy.tunnels).toEqual([]);
  });

  it.each([
    ['HTTPS_PROXY', 'garbage'],
    ['https_proxy', 'ftp://user:secret@proxy:21'],
    ['ALL_PROXY', 'proxy.example:3128'],
  ])('must be a URL: %s=%s', async (name, value) => {
    const scene = await startScene({ machines: 3 });
    const outcome = await listInProcess(scene, { env: { [name]: value } });
    expect(outcome).toMatchObject({ vms: 0, azureCalls: 0, code: 0 });
    expect(outcome.errors).toEqual([
      expect.objectContaining({
        code: 'PROXY_INVALID',
        message: `${name} is not the URL of a proxy`,
        hint: `Set ${name} to http://HOST:PORT or https://HOST:PORT, or unset it.`,
      }),
    ]);
    expect(JSON.stringify(outcome.errors)).not.toContain(value);
  });

  it('that is gone is a matter of the network', async () => {
    const scene = await startScene({ machines: 3 });
    const outcome = await listInProcess(scene, { env: { HTTPS_PROXY: 'http://127.0.0.1:1' } });
    expect(outcome).toMatchObject({ vms: 0, errors: [{ category: 'network', code: 'ECONNREFUSED' }], code: 0 });
  });
});

describe('the file of ca_file', () => {
  it('is trusted besides what is trusted anyway', async () => {
    const scene = await startScene({ machines: 3 });
    const unrelated = await startRecorder(() => ({}));
    const env = { NODE_EXTRA_CA_CERTS: scene.connection.caFile ?? '' };
    const outcome = await listInProcess(scene, { env, connection: { caFile: unrelated.caFile } });
    expect(outcome).toMatchObject({ vms: 3, errors: [], code: 0 });
  });

  it('is needed otherwise', async () => {
    const scene = await startScene({ machines: 3 });
    const unrelated = await startRecorder(() => ({}));
    const outcome = await listInProcess(scene, { connection: { caFile: unrelated.caFile } });
    expect(outcome).toMatchObject({ vms: 0, errors: [{ category: 'network' }] });
  });
});
