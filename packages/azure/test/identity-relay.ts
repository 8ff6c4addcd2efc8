import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * The SDK remembers the managed-identity endpoint and its secret for the life of the process (a static member of
 * `@azure/msal-node`), and each test has a simulator of its own. So the process has one endpoint, which hands on to the
 * simulator of the test that runs.
 */
let relay: Promise<string> | undefined;
let target = { endpoint: '', secret: '' };

export async function relayIdentity(env: Readonly<Record<string, string>>): Promise<Record<string, string>> {
  target = { endpoint: env['IDENTITY_ENDPOINT'] ?? '', secret: env['IDENTITY_HEADER'] ?? '' };
  relay ??= startRelay();
  const endpoint = await relay;
  return { ...env, IDENTITY_ENDPOINT: endpoint, IDENTITY_HEADER: 'relay', MSI_ENDPOINT: endpoint, MSI_SECRET: 'relay' };
}

async function startRelay(): Promise<string> {
  const server = createServer((incoming, outgoing) => {
    const { search } = new URL(incoming.url ?? '', 'http://relay');
    const headers = { 'x-identity-header': target.secret, connection: 'close' };
    const onward = request(`${target.endpoint}${search}`, { headers }, (response) => {
      outgoing.writeHead(response.statusCode ?? 500, response.headers);
      response.pipe(outgoing);
    });
    onward.on('error', () => outgoing.destroy());
    onward.end();
  });
  server.listen(0, '127.0.0.1').unref();
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/msi/token`;
}
