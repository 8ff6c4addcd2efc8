import { expect, test } from 'vitest';
import { start } from '../support/simulators.ts';
import { Client, endpointOf, socketTo, sshOf } from '../support/ssh.ts';
import { listOf, pathsOf } from '../support/http.ts';
import { loopbackAddress } from '../../src/ssh/addresses.ts';
import { until } from '../support/until.ts';

test.skipIf(process.platform !== 'linux')('the addresses that Azure shows are the ones that answer', async () => {
  const sim = await start({ machines: 20, ssh: true });
  const { reach, port } = sshOf(sim);
  expect(reach).toBe('addresses');
  const shown = await listOf(sim, pathsOf(sim).publicIps);
  const addresses = shown.flatMap(({ properties }) => properties.ipAddress ?? []) as string[];
  expect(addresses[0]).toMatch(/^127\.18\./);
  expect(
    sshOf(sim)
      .endpoints()
      .get(addresses[0] ?? ''),
  ).toEqual({ host: addresses[0], port });
  const client = await new Client().connect(sim, { host: addresses[0] ?? '', port: port ?? 0 });
  expect((await client.run('hostname')).text).toBe('web-01\n');
});

test('only running Linux machines answer, and what changes shows', async () => {
  const sim = await start({ machines: 20, ssh: true });
  const answering = () => [...sshOf(sim).endpoints().keys()];
  for (const { os, powerState, privateIps } of sim.fleet.machines()) {
    const runs = os === 'Linux' && powerState === 'running';
    expect(answering().includes(privateIps[0] ?? '')).toBe(runs);
  }
  const place = endpointOf(sim, 'web-01');
  const address = sim.fleet.machines()[0]?.privateIps[0] ?? '';
  sim.fleet.change('web-01', { powerState: 'stopped' });
  await until(() => !answering().includes(address));
  await expect(socketTo(place)).rejects.toThrow(/ECONNREFUSED/);
  const added = sim.fleet.add({ name: 'new-01' });
  await until(() => answering().includes(added.privateIps[0] ?? ''));
  const client = await new Client().connect(sim, endpointOf(sim, 'new-01'));
  expect((await client.run('hostname')).text).toBe('new-01\n');
});

test('with ports, each address has one at 127.0.0.1, and Azure shows the usual addresses', async () => {
  const sim = await start({ machines: 2, ssh: { reach: 'ports' } });
  const [web] = sim.fleet.machines();
  expect(web?.publicIps[0]).toMatch(/^198\.18\./);
  expect(sshOf(sim).port).toBeUndefined();
  expect(new Set([...sshOf(sim).endpoints().values()].map(({ host }) => host))).toEqual(new Set(['127.0.0.1']));
  const place = sshOf(sim)
    .endpoints()
    .get(web?.publicIps[0] ?? '');
  const client = await new Client().connect(sim, place ?? { host: '', port: 0 });
  expect((await client.run('hostname')).text).toBe('web-01\n');
  // It keeps its port while it refuses.
  sshOf(sim).inject('web-01', 'refuse')();
  await until(() =>
    sshOf(sim)
      .endpoints()
      .has(web?.publicIps[0] ?? ''),
  );
  expect(
    sshOf(sim)
      .endpoints()
      .get(web?.publicIps[0] ?? ''),
  ).toEqual(place);
});

test('no two addresses of the fleet become the same one', async () => {
  const sim = await start({ machines: 10_000 });
  const all = sim.fleet.machines().flatMap(({ privateIps, publicIps }) => privateIps.concat(publicIps));
  expect(new Set(all.map(loopbackAddress)).size).toBe(new Set(all).size);
  expect(loopbackAddress('2001:db8::4')).toBe('2001:db8::4');
  expect(loopbackAddress('203.0.113.1')).toBe('203.0.113.1');
});

test('a port that is taken is named', async () => {
  const first = await start({ machines: 1, ssh: { reach: 'addresses' } });
  const { port = 0 } = sshOf(first);
  const failure = await start({ machines: 1, ssh: { reach: 'addresses', port } }).catch((error: unknown) => error);
  expect(failure).toMatchObject({ code: 'LISTEN_FAILED', message: expect.stringContaining(`port ${port}`) });
});

test('without the option there are no servers', async () => {
  const sim = await start({ machines: 1 });
  expect(sim.ssh).toBeUndefined();
  expect(sim.stats().ssh).toBeUndefined();
});
