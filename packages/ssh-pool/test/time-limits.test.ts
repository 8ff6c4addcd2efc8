import { expect, test } from 'vitest';
import { startDeadHost } from './support/dead-host.ts';
import { FakeClock } from './support/fake-clock.ts';
import { Home, startMachine, targetOf } from './support/home.ts';
import { until } from './support/until.ts';

const quiet = { keepAliveIntervalMs: Infinity, idleTimeoutMs: Infinity, maxLifetimeMs: Infinity };

test('the wait for a place in the pool has its own limit', async () => {
  const home = new Home();
  const [a, b] = await Promise.all([startMachine(), startMachine()]);
  home.knows(a, b);
  const clock = new FakeClock();
  const pool = home.pool({ ...quiet, clock, maxConnections: 1 });
  const busy = pool.exec(targetOf(a), { command: 'hang' });
  await until(() => a.commands.length === 1);
  const { result } = pool.exec(targetOf(b), { command: 'true', limits: { waitMs: 5000 } });
  clock.advance(4999);
  expect(pool.stats().waiting).toBe(1);
  clock.advance(1);
  await expect(result).rejects.toMatchObject({ code: 'SSH_WAIT_TIMEOUT', sent: false });
  await expect(result).rejects.toThrow(`127.0.0.1:${b.port}: no place in the pool was free within 5 s.`);
  expect(pool.stats().waiting).toBe(0);
  void busy;
});

test('the wait for a session on a full connection counts as waiting, too', async () => {
  const home = new Home();
  const machine = await startMachine();
  home.knows(machine);
  const clock = new FakeClock();
  const pool = home.pool({ ...quiet, clock });
  for (let i = 0; i < 8; i += 1) pool.exec(targetOf(machine), { command: 'hang' });
  await until(() => machine.commands.length === 8);
  const { result } = pool.exec(targetOf(machine), { command: 'true', limits: { waitMs: 1000 } });
  expect(pool.stats()).toMatchObject({ channels: 8, waiting: 1 });
  clock.advance(1000);
  await expect(result).rejects.toThrow('no session was free within 1 s');
});

test.each([
  ['a host that accepts and says nothing', {}, 'no SSH hand-shake within 15 s'],
  ['a host that greets and says no more', { greeting: 'SSH-2.0-Slow\r\n' }, 'no SSH hand-shake within 15 s'],
])('%s is given up after the connect limit', async (_, options, message) => {
  const home = new Home();
  const dead = await startDeadHost(options);
  const clock = new FakeClock();
  const pool = home.pool({ ...quiet, clock });
  const { result } = pool.exec({ host: '127.0.0.1', port: dead.port }, { command: 'true' });
  await until(() => dead.accepted === 1);
  await until(() => dead.held === 1);
  // The hand-shake has begun when the client has said who it is; before, the connection itself is what is missing.
  await new Promise((resolve) => setImmediate(resolve));
  clock.advance(14_999);
  expect(pool.stats()).toMatchObject({ connections: 1, connecting: 1 });
  clock.advance(1);
  await expect(result).rejects.toMatchObject({ code: 'SSH_CONNECT_TIMEOUT', sent: false });
  await expect(result).rejects.toThrow(message);
  await until(() => pool.stats().connections === 0 && dead.held === 0);
});

test('who joins a hand-shake may have less patience than who began it', async () => {
  const home = new Home();
  const dead = await startDeadHost();
  const clock = new FakeClock();
  const pool = home.pool({ ...quiet, clock });
  const target = { host: '127.0.0.1', port: dead.port };
  const patient = pool.exec(target, { command: 'true', limits: { connectMs: 10_000 } });
  const hasty = pool.exec(target, { command: 'true', limits: { connectMs: 1000 } });
  clock.advance(1000);
  await expect(hasty.result).rejects.toMatchObject({ code: 'SSH_CONNECT_TIMEOUT' });
  expect(pool.stats().connections).toBe(1);
  // Those who come later do not keep the dead host in the pool.
  clock.advance(8000);
  const late = pool.exec(target, { command: 'true', limits: { connectMs: 10_000 } });
  clock.advance(1000);
  await expect(patient.result).rejects.toMatchObject({ code: 'SSH_CONNECT_TIMEOUT' });
  await expect(late.result).rejects.toMatchObject({ code: 'SSH_CONNECT_TIMEOUT' });
  await until(() => pool.stats().connections === 0);
});

test('a command that takes too long is sent SIGTERM, and may have run', async () => {
  const home = new Home();
  const machine = await startMachine();
  home.knows(machine);
  const clock = new FakeClock();
  const pool = home.pool({ ...quiet, clock });
  const limits = { commandMs: 30_000 };
  // ssh2's server hears no signals after the end of the input.
  const { result } = pool.exec(targetOf(machine), { command: 'hang', limits }, { stdin: endless() });
  await until(() => machine.commands.length === 1);
  clock.advance(30_000);
  await expect(result).rejects.toMatchObject({ code: 'SSH_COMMAND_TIMEOUT', sent: true });
  await expect(result).rejects.toThrow('not finished after 30 s');
  await until(() => machine.signals.length === 1);
  expect(machine.signals).toEqual(['TERM']);
  // The connection is as good as before.
  expect((await pool.exec(targetOf(machine), { command: 'true' }).result).reused).toBe(true);
});

async function* endless(): AsyncGenerator<Uint8Array> {
  yield Buffer.from('more to come');
  await new Promise(() => {});
}

test('no timer is left when all is done', async () => {
  const home = new Home();
  const machine = await startMachine();
  home.knows(machine);
  const clock = new FakeClock();
  const pool = home.pool({ clock, limits: { waitMs: 1000, connectMs: 1000, commandMs: 1000 } });
  await pool.exec(targetOf(machine), { command: 'true' }).result;
  // Idle time, lifetime and keep-alive.
  expect(clock.pending).toBe(3);
  await pool.close();
  expect(clock.pending).toBe(0);
});
