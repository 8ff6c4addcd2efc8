import { expect, test } from 'vitest';
import { FakeClock } from './support/fake-clock.ts';
import { Home, startMachine, targetOf } from './support/home.ts';
import { startFlightProxy } from './support/flight-proxy.ts';
import { until } from './support/until.ts';

test('a server that answers is kept, however long nothing else happens', async () => {
  const home = new Home();
  const machine = await startMachine();
  const proxy = await startFlightProxy(machine.port, 0);
  home.write('.ssh/known_hosts', machine.knownHostsLine(`[127.0.0.1]:${proxy.port}`));
  const clock = new FakeClock();
  const pool = home.pool({ clock, idleTimeoutMs: Infinity, maxLifetimeMs: Infinity });
  await pool.exec(targetOf(machine, { port: proxy.port }), { command: 'true' }).result;
  for (let i = 0; i < 20; i += 1) {
    const before = proxy.serverBytes();
    clock.advance(15_000);
    clock.advance(15_000);
    // One of the two asked.
    await until(() => proxy.serverBytes() > before);
  }
  expect(pool.stats().connections).toBe(1);
});

test('a server that falls silent is given up after a few questions, and its command is told', async () => {
  const home = new Home();
  const machine = await startMachine();
  const proxy = await startFlightProxy(machine.port, 0);
  home.write('.ssh/known_hosts', machine.knownHostsLine(`[127.0.0.1]:${proxy.port}`));
  const clock = new FakeClock();
  const pool = home.pool({ clock, keepAliveIntervalMs: 1000, keepAliveMaxMissed: 2 });
  const { result } = pool.exec(targetOf(machine, { port: proxy.port }), { command: 'hang' });
  await until(() => machine.commands.length === 1);
  proxy.cut();
  // The first interval heard the server; two questions go without an answer, and then the third is due.
  for (let i = 0; i < 3; i += 1) clock.advance(1000);
  expect(pool.stats().connections).toBe(1);
  clock.advance(1000);
  await expect(result).rejects.toMatchObject({ code: 'SSH_CONNECTION_LOST', sent: true });
  await expect(result).rejects.toThrow('the server no longer answers');
  await until(() => pool.stats().connections === 0);
});
