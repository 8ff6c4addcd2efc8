import { expect, test } from 'vitest';
import { FakeClock } from './support/fake-clock.ts';
import { Home, startMachine, targetOf } from './support/home.ts';
import { until } from './support/until.ts';

test('a connection without a command is closed after the idle time', async () => {
  const home = new Home();
  const machine = await startMachine();
  home.knows(machine);
  const clock = new FakeClock();
  const pool = home.pool({ clock, idleTimeoutMs: 10_000, keepAliveIntervalMs: Infinity });
  await pool.exec(targetOf(machine), { command: 'true' }).result;
  clock.advance(9999);
  expect(pool.stats()).toMatchObject({ connections: 1, idle: 1 });
  clock.advance(1);
  await until(() => pool.stats().connections === 0);
  await until(() => machine.connections === 0);
  expect((await pool.exec(targetOf(machine), { command: 'true' }).result).reused).toBe(false);
});

test('a command starts the idle time anew', async () => {
  const home = new Home();
  const machine = await startMachine();
  home.knows(machine);
  const clock = new FakeClock();
  const pool = home.pool({ clock, idleTimeoutMs: 10_000, keepAliveIntervalMs: Infinity });
  for (let i = 0; i < 3; i += 1) {
    await pool.exec(targetOf(machine), { command: 'true' }).result;
    clock.advance(9000);
  }
  expect(pool.stats()).toMatchObject({ connections: 1, handshakes: 1, reused: 2 });
});

test('a connection with a command on it does not age', async () => {
  const home = new Home();
  const machine = await startMachine();
  home.knows(machine);
  const clock = new FakeClock();
  const pool = home.pool({ clock, idleTimeoutMs: 10_000, keepAliveIntervalMs: Infinity });
  const stop = new AbortController();
  const { result } = pool.exec(targetOf(machine), { command: 'hang' }, { signal: stop.signal });
  await until(() => machine.commands.length === 1);
  clock.advance(1_000_000);
  expect(pool.stats()).toMatchObject({ connections: 1, idle: 0, channels: 1 });
  stop.abort(new Error('stop'));
  await expect(result).rejects.toThrow('stop');
});
