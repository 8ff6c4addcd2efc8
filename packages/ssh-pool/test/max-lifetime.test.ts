import { expect, test } from 'vitest';
import { FakeClock } from './support/fake-clock.ts';
import { Home, startMachine, targetOf } from './support/home.ts';
import { until } from './support/until.ts';

test('an old connection is closed when nobody uses it', async () => {
  const home = new Home();
  const machine = await startMachine();
  home.knows(machine);
  const clock = new FakeClock();
  const pool = home.pool({ clock, maxLifetimeMs: 60_000, idleTimeoutMs: Infinity, keepAliveIntervalMs: Infinity });
  await pool.exec(targetOf(machine), { command: 'true' }).result;
  clock.advance(59_999);
  expect(pool.stats().connections).toBe(1);
  clock.advance(1);
  await until(() => pool.stats().connections === 0);
});

test('an old connection finishes what is on it, and takes nothing more', async () => {
  const home = new Home();
  const machine = await startMachine();
  home.knows(machine);
  const clock = new FakeClock();
  const pool = home.pool({ clock, maxLifetimeMs: 60_000, idleTimeoutMs: Infinity, keepAliveIntervalMs: Infinity });
  const finish = Promise.withResolvers<void>();
  async function* input(): AsyncGenerator<Uint8Array> {
    yield Buffer.from('whole');
    await finish.promise;
  }
  const old = pool.exec(targetOf(machine), { command: 'cat', collect: { maxBytes: 10 } }, { stdin: input() });
  await until(() => machine.commands.length === 1);
  clock.advance(60_000);
  expect((await pool.exec(targetOf(machine), { command: 'true' }).result).reused).toBe(false);
  expect(pool.stats()).toMatchObject({ connections: 2, handshakes: 2 });
  finish.resolve();
  expect(Buffer.from((await old.result).stdout ?? []).toString()).toBe('whole');
  await until(() => pool.stats().connections === 1);
});
