import { once } from 'node:events';
import { expect, test } from 'vitest';
import { start } from '../support/simulators.ts';
import { clientOf, endpointOf, socketTo, sshOf } from '../support/ssh.ts';
import { until } from '../support/until.ts';

test('a silent host accepts and says nothing, until it is repaired', async () => {
  const sim = await start({ machines: 2, ssh: true });
  const repair = sshOf(sim).inject('web-01', 'silent');
  const socket = await socketTo(endpointOf(sim, 'web-01'));
  let heard = 0;
  socket.on('data', (data) => (heard += data.length));
  socket.write('SSH-2.0-test\r\n');
  // Another machine says a lot in the meantime.
  await (await clientOf(sim, 'api-01')).run('seq 1000');
  expect(heard).toBe(0);
  expect(sim.stats().ssh).toMatchObject({ connections: 2, handshakes: 1 });
  repair();
  expect((await (await clientOf(sim, 'web-01')).run('true')).code).toBe(0);
});

test('a host that refuses is like one where nothing listens', async () => {
  const sim = await start({ machines: 2, ssh: true });
  const place = endpointOf(sim, 'web-01');
  const repair = sshOf(sim).inject('web-01', 'refuse');
  await expect(socketTo(place)).rejects.toThrow(/ECONNREFUSED/);
  sshOf(sim).inject('web-01', 'silent');
  repair(); // An earlier fault's: the latest stays.
  await until(() => sshOf(sim).endpoints().size === 4);
  const socket = await socketTo(place);
  expect(socket.destroyed).toBe(false);
});

test.each([0, 10, 300])('a connection breaks off after %i bytes', async (bytes) => {
  const sim = await start({ machines: 1, ssh: true });
  sshOf(sim).inject('web-01', { dropAfterBytes: bytes });
  const socket = await socketTo(endpointOf(sim, 'web-01'));
  let heard = 0;
  socket.on('data', (data: Buffer) => (heard += data.length));
  socket.write('SSH-2.0-test\r\n');
  await once(socket, 'close');
  expect(heard).toBeLessThanOrEqual(bytes);
  await expect(clientOf(sim, 'web-01')).rejects.toBeInstanceOf(Error);
});

test('output breaks off in the middle', async () => {
  const sim = await start({ machines: 1, ssh: true });
  sshOf(sim).inject('web-01', { dropAfterBytes: 500_000 });
  const client = await clientOf(sim, 'web-01');
  const { code, stdout } = await client.run('head -c 1000000 /dev/zero');
  expect(code).toBeUndefined();
  expect(stdout.length).toBeGreaterThan(100_000);
  expect(stdout.length).toBeLessThan(500_000);
});

test('connections of one machine, or of all, break', async () => {
  const sim = await start({ machines: 2, ssh: true });
  const [web, api] = [await clientOf(sim, 'web-01'), await clientOf(sim, 'api-01')];
  sshOf(sim).disconnect('web-01');
  await web.closed;
  expect((await api.run('true')).code).toBe(0);
  sshOf(sim).disconnect();
  await api.closed;
});

test('a fault that makes no sense is refused', async () => {
  const sim = await start({ machines: 1, ssh: true });
  expect(() => sshOf(sim).inject('web-01', { dropAfterBytes: -1 })).toThrow(/`dropAfterBytes`/);
  expect(() => sshOf(sim).inject('nope', 'silent')).toThrow(/no machine/);
});
