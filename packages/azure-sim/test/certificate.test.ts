import { X509Certificate } from 'node:crypto';
import { get } from 'node:https';
import { expect, test } from 'vitest';
import { createServerIdentity } from '../src/tls/certificate.ts';
import { ask } from './support/http.ts';
import { start } from './support/simulators.ts';

test('the certificate holds for the names and addresses it is made for, and its own CA signed it', () => {
  const identity = createServerIdentity(['localhost', '127.0.0.1', '::1', 'fd00:db8::a:12', '2001:db8:1:2:3:4:5:6']);
  const [leaf, ca] = [new X509Certificate(identity.certificate), new X509Certificate(identity.ca)];
  expect(leaf.verify(ca.publicKey)).toBe(true);
  expect(leaf.checkIssued(ca)).toBe(true);
  expect([leaf.ca, ca.ca]).toEqual([false, true]);
  expect(leaf.checkHost('localhost')).toBe('localhost');
  expect(leaf.checkHost('example.com')).toBeUndefined();
  for (const address of ['127.0.0.1', '::1', 'fd00:db8::a:12', '2001:db8:1:2:3:4:5:6']) {
    expect(leaf.checkIP(address)).toBe(address);
  }
  expect(leaf.checkIP('127.0.0.2')).toBeUndefined();
  expect(leaf.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1']);
  expect(leaf.publicKey.asymmetricKeyDetails).toMatchObject({ namedCurve: 'prime256v1' });
  expect(Date.parse(leaf.validFrom)).toBeLessThan(Date.now());
  expect(Date.parse(leaf.validTo)).toBeGreaterThan(Date.now() + 89 * 86_400_000);
});

test('two simulators do not share a CA', async () => {
  const [one, two] = [await start({ machines: 1 }), await start({ machines: 1 })];
  expect(one.ca).not.toBe(two.ca);
  const error = await new Promise<NodeJS.ErrnoException>((resolve) => {
    get(one.endpoint, { ca: two.ca, agent: false }).on('error', resolve);
  });
  expect(error.code).toMatch(/VERIFY|SIGNATURE|CERT/);
});

test('both spellings of the endpoint work, and the host that it listens on', async () => {
  const sim = await start({ machines: 1, host: 'localhost' });
  const { port } = new URL(sim.endpoint);
  expect(sim.endpoint).toBe(`https://localhost:${port}`);
  expect((await ask(sim, '/metadata/endpoints?api-version=2022-09-01')).status).toBe(200);
  const everywhere = await start({ machines: 1, host: '0.0.0.0' });
  expect(everywhere.endpoint).toMatch(/^https:\/\/127\.0\.0\.1:/);
  expect((await ask(everywhere, '/metadata/endpoints?api-version=2022-09-01')).status).toBe(200);
});
