import { expect, test } from 'vitest';
import type { SshPool, Target } from '../src/index.ts';
import { startFlightProxy } from './support/flight-proxy.ts';
import { Home, startMachine, targetOf } from './support/home.ts';
import { startSshd, withoutSshd } from './support/sshd.ts';

async function flightsOf(
  pool: SshPool,
  target: Target,
  proxy: { flights(): number },
  command = 'true',
): Promise<number> {
  const before = proxy.flights();
  const { exitCode } = await pool.exec(target, { command }).result;
  expect(exitCode).toBe(0);
  return proxy.flights() - before;
}

test.skipIf(withoutSshd)('at OpenSSH a warm command costs one round trip, a cold one seven', async () => {
  const home = new Home();
  const sshd = await startSshd(home);
  const proxy = await startFlightProxy(sshd.port);
  home.write('.ssh/known_hosts', sshd.knownHostsLine.replace(String(sshd.port), String(proxy.port)));
  const pool = home.pool();
  const target = { ...sshd.target, port: proxy.port };
  // Identification and key exchange offers, key exchange, service, signed request, session, command; one is TCP's own.
  expect(await flightsOf(pool, target, proxy)).toBeLessThanOrEqual(7);
  for (let i = 0; i < 5; i += 1) expect(await flightsOf(pool, target, proxy, 'echo hello')).toBe(1);
  expect(pool.stats()).toMatchObject({ handshakes: 1, reused: 5 });
});

test('a warm command costs one round trip, however many came before', async () => {
  const home = new Home();
  const machine = await startMachine();
  const proxy = await startFlightProxy(machine.port);
  home.write('.ssh/known_hosts', machine.knownHostsLine(`[127.0.0.1]:${proxy.port}`));
  const pool = home.pool();
  const target = targetOf(machine, { port: proxy.port });
  await flightsOf(pool, target, proxy);
  for (let i = 0; i < 12; i += 1) expect(await flightsOf(pool, target, proxy)).toBe(1);
});

test('ten machines, twice over: the second time every connection is reused, at one round trip a command', async () => {
  const home = new Home();
  const machines = await Promise.all(Array.from({ length: 10 }, () => startMachine()));
  const proxies = await Promise.all(machines.map(({ port }) => startFlightProxy(port)));
  const lines = machines.map((machine, index) => machine.knownHostsLine(`[127.0.0.1]:${proxies[index]?.port}`));
  home.write('.ssh/known_hosts', lines.join(''));
  const pool = home.pool();
  const runAll = (): Promise<unknown> =>
    Promise.all(
      machines.map((machine, index) => {
        const port = proxies[index]?.port ?? 0;
        return pool.exec(targetOf(machine, { port }), { command: 'true' }).result;
      }),
    );
  await runAll();
  const before = proxies.map((proxy) => proxy.flights());
  await runAll();
  expect(proxies.map((proxy, index) => proxy.flights() - (before[index] ?? 0))).toEqual(
    Array.from({ length: 10 }, () => 1),
  );
  expect(pool.stats()).toMatchObject({ handshakes: 10, reused: 10, connections: 10, idle: 10 });
});

test('input goes out in the same flight as the command', async () => {
  const home = new Home();
  const machine = await startMachine();
  const proxy = await startFlightProxy(machine.port);
  home.write('.ssh/known_hosts', machine.knownHostsLine(`[127.0.0.1]:${proxy.port}`));
  const pool = home.pool();
  const target = targetOf(machine, { port: proxy.port });
  await flightsOf(pool, target, proxy);
  const before = proxy.flights();
  await pool.exec(target, { command: 'cat', collect: { maxBytes: 10 } }, { stdin: 'hello' }).result;
  expect(proxy.flights() - before).toBe(1);
});
