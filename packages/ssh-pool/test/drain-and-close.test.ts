import { expect, test } from 'vitest';
import { Home, startMachine, targetOf } from './support/home.ts';
import { startDeadHost } from './support/dead-host.ts';
import { countingConnector } from './support/sockets.ts';
import { until } from './support/until.ts';

test('drain finishes what runs and what waits, takes nothing more, and closes', async () => {
  const home = new Home();
  const [a, b] = await Promise.all([startMachine(), startMachine()]);
  home.knows(a, b);
  const sockets = countingConnector();
  const pool = home.pool({ maxConnections: 1, connector: sockets.connector });
  const finish = Promise.withResolvers<void>();
  async function* input(): AsyncGenerator<Uint8Array> {
    yield Buffer.from('running');
    await finish.promise;
  }
  const running = pool.exec(targetOf(a), { command: 'cat', collect: { maxBytes: 10 } }, { stdin: input() });
  const waiting = pool.exec(targetOf(b), { command: 'exit 2' });
  await until(() => a.commands.length === 1);
  const drained = pool.drain();
  await expect(pool.exec(targetOf(a), { command: 'true' }).result).rejects.toMatchObject({ code: 'SSH_POOL_CLOSED' });
  finish.resolve();
  expect(Buffer.from((await running.result).stdout ?? []).toString()).toBe('running');
  expect((await waiting.result).exitCode).toBe(2);
  await drained;
  expect(sockets.open).toBe(0);
});

test('close ends everything, and leaves no socket', async () => {
  const home = new Home();
  const [machine, dead] = await Promise.all([startMachine(), startDeadHost()]);
  home.knows(machine);
  const sockets = countingConnector();
  const pool = home.pool({ maxConnections: 2, connector: sockets.connector });
  const running = pool.exec(targetOf(machine), { command: 'hang' });
  const connecting = pool.exec({ host: '127.0.0.1', port: dead.port }, { command: 'true' });
  const waiting = pool.exec(targetOf(machine, { user: 'other' }), { command: 'true' });
  await until(() => machine.commands.length === 1 && dead.held === 1);
  await pool.close();
  await expect(running.result).rejects.toMatchObject({ code: 'SSH_POOL_CLOSED', sent: true });
  await expect(connecting.result).rejects.toMatchObject({ code: 'SSH_POOL_CLOSED', sent: false });
  await expect(waiting.result).rejects.toMatchObject({ code: 'SSH_POOL_CLOSED', sent: false });
  expect(sockets.open).toBe(0);
  expect(pool.stats()).toMatchObject({ connections: 0, idle: 0, channels: 0, waiting: 0 });
});

test('closing twice, and a pool that was never used, is no matter', async () => {
  const pool = new Home().pool();
  await Promise.all([pool.close(), pool.close()]);
  await pool.drain();
  await expect(pool.exec({ host: 'vm' }, { command: 'true' }).result).rejects.toMatchObject({
    code: 'SSH_POOL_CLOSED',
  });
});

test('a pool can be given back by the language', async () => {
  const home = new Home();
  const machine = await startMachine();
  home.knows(machine);
  const sockets = countingConnector();
  {
    await using pool = home.pool({ connector: sockets.connector });
    await pool.exec(targetOf(machine), { command: 'true' }).result;
    expect(sockets.open).toBe(1);
  }
  expect(sockets.open).toBe(0);
});

test('a server that does not let go is let go', async () => {
  const home = new Home();
  const machine = await startMachine();
  home.knows(machine);
  const sockets = countingConnector();
  const pool = home.pool({ connector: sockets.connector });
  await pool.exec(targetOf(machine), { command: 'true' }).result;
  machine.freeze();
  await pool.close();
  expect(sockets.open).toBe(0);
});
