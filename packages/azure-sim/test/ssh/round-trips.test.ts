import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { startDelayProxy, type DelayProxyOptions } from '../../src/index.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { start } from '../support/simulators.ts';
import { Client, clientOf, endpointOf, socketTo } from '../support/ssh.ts';

async function proxyTo(options: DelayProxyOptions) {
  const proxy = await startDelayProxy(options);
  onTestFinished(() => proxy.close());
  return proxy;
}

test('a command on an open connection takes two flights, several at once no more', async () => {
  const sim = await start({ machines: 1, ssh: { roundTripMs: 20 } });
  const client = await clientOf(sim, 'web-01');
  await client.run('true');
  sim.resetStats();
  await client.run('true');
  expect(sim.stats().ssh?.flights).toBeGreaterThanOrEqual(2);
  expect(sim.stats().ssh?.flights).toBeLessThanOrEqual(3);
  sim.resetStats();
  await Promise.all([1, 2, 3, 4].map(() => client.run('true')));
  expect(sim.stats().ssh?.flights).toBeLessThanOrEqual(4);
});

test('another client can be pointed at a proxy, which counts too', async () => {
  const sim = await start({ machines: 1, ssh: true });
  const proxy = await proxyTo({ target: endpointOf(sim, 'web-01'), roundTripMs: 10 });
  const user = sim.fleet.machines()[0]?.adminUsername ?? '';
  const client = await new Client().connect(sim, { host: '127.0.0.1', port: proxy.port }, { user });
  expect((await client.run('hostname')).text).toBe('web-01\n');
  expect(proxy.flights()).toBeGreaterThanOrEqual(5);
  expect(proxy.connections()).toBe(1);
  expect(sim.stats().ssh).toMatchObject({ flights: 0 });
  client.end();
});

test('a byte arrives after half of the round trip, and not before', async () => {
  const clock = new ManualClock();
  const server = createServer((socket) => socket.pipe(socket));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => void server.close());
  const target = server.address() as { port: number; address: string };
  const proxy = await proxyTo({ target: { host: target.address, port: target.port }, roundTripMs: 100, clock });
  const socket = await socketTo({ host: '127.0.0.1', port: proxy.port });
  socket.write('ping');
  await clock.untilTimers(1);
  expect(clock.pending).toEqual([50]);
  clock.advance(49);
  expect(clock.pending).toEqual([1]);
  clock.advance(1);
  await clock.untilTimers(1);
  const answer = once(socket, 'data');
  clock.advance(50);
  expect(String((await answer)[0])).toBe('ping');
  expect(proxy.flights()).toBe(1);
  await proxy.close();
  expect(clock.timers).toBe(0);
});

test('large output comes whole through a slow line', async () => {
  const sim = await start({ machines: 1, ssh: { roundTripMs: 2 } });
  const client = await clientOf(sim, 'web-01');
  expect((await client.run('head -c 5000000 /dev/zero')).stdout.length).toBe(5_000_000);
});

test('a proxy whose target is not there hangs up', async () => {
  const proxy = await proxyTo({ target: { host: '127.0.0.1', port: 1 }, roundTripMs: 2 });
  const socket = await socketTo({ host: '127.0.0.1', port: proxy.port });
  await once(socket.resume(), 'close');
  await expect(startDelayProxy({ target: { host: '127.0.0.1', port: 1 }, roundTripMs: -1 })).rejects.toThrow(
    /`roundTripMs`/,
  );
});
