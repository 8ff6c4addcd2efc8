import { expect, test } from 'vitest';
import { Home, startMachine, targetOf } from './support/home.ts';
import { countingConnector } from './support/sockets.ts';
import { until } from './support/until.ts';

test('never more connections than allowed, and everybody has a turn', async () => {
  const home = new Home();
  const machines = await Promise.all(Array.from({ length: 12 }, () => startMachine()));
  home.knows(...machines);
  const sockets = countingConnector();
  const pool = home.pool({ maxConnections: 3, connector: sockets.connector });
  const results = await Promise.all(
    [...machines, ...machines].map((machine) => pool.exec(targetOf(machine), { command: 'true' }).result),
  );
  expect(results.every(({ exitCode }) => exitCode === 0)).toBe(true);
  expect(sockets.most).toBe(3);
  expect(pool.stats()).toMatchObject({ connections: 3, idle: 3, waiting: 0 });
});

test('those who wait are served in order', async () => {
  const home = new Home();
  const machines = await Promise.all(Array.from({ length: 5 }, () => startMachine()));
  home.knows(...machines);
  const pool = home.pool({ maxConnections: 1 });
  const order: number[] = [];
  await Promise.all(
    machines.map(
      (machine, index) =>
        pool.exec(targetOf(machine), { command: 'true' }, { onEstablished: () => void order.push(index) }).result,
    ),
  );
  expect(order).toEqual([0, 1, 2, 3, 4]);
});

test('the connection that was used longest ago makes way', async () => {
  const home = new Home();
  const [a, b, c] = await Promise.all([startMachine(), startMachine(), startMachine()]);
  home.knows(a, b, c);
  const pool = home.pool({ maxConnections: 2 });
  for (const machine of [a, b, a, c]) await pool.exec(targetOf(machine), { command: 'true' }).result;
  await until(() => b.connections === 0);
  expect([a.connections, b.connections, c.connections]).toEqual([1, 0, 1]);
});

test('a connection with a command on it is never closed for another', async () => {
  const home = new Home();
  const [a, b] = await Promise.all([startMachine(), startMachine()]);
  home.knows(a, b);
  const pool = home.pool({ maxConnections: 1 });
  const busy = pool.exec(targetOf(a), { command: 'cat', collect: { maxBytes: 100 } }, { stdin: input() });
  const finish = Promise.withResolvers<void>();
  async function* input(): AsyncGenerator<Uint8Array> {
    yield Buffer.from('still here');
    await finish.promise;
  }
  await until(() => a.commands.length === 1);
  const waiting = pool.exec(targetOf(b), { command: 'true' });
  // On the same connection there is no need to wait.
  await pool.exec(targetOf(a), { command: 'true' }).result;
  expect(pool.stats()).toMatchObject({ connections: 1, waiting: 1, channels: 1 });
  finish.resolve();
  expect(Buffer.from((await busy.result).stdout ?? []).toString()).toBe('still here');
  expect((await waiting.result).exitCode).toBe(0);
});

test('of the connections without a command, only so many are kept', async () => {
  const home = new Home();
  const machines = await Promise.all(Array.from({ length: 6 }, () => startMachine()));
  home.knows(...machines);
  const pool = home.pool({ maxConnections: 10, maxIdle: 2 });
  await Promise.all(machines.map((machine) => pool.exec(targetOf(machine), { command: 'true' }).result));
  await until(() => pool.stats().connections === 2);
  expect(pool.stats()).toMatchObject({ connections: 2, idle: 2 });
});

test('with maxIdle 0 nothing is kept', async () => {
  const home = new Home();
  const machine = await startMachine();
  home.knows(machine);
  const pool = home.pool({ maxIdle: 0 });
  await pool.exec(targetOf(machine), { command: 'true' }).result;
  await until(() => pool.stats().connections === 0);
  await until(() => machine.connections === 0);
  expect(pool.stats()).toMatchObject({ connections: 0, idle: 0, handshakes: 1 });
});

test('who gives up waiting leaves the line, and those behind move up', async () => {
  const home = new Home();
  const [a, b, c] = await Promise.all([startMachine(), startMachine(), startMachine()]);
  home.knows(a, b, c);
  const pool = home.pool({ maxConnections: 1 });
  const stop = new AbortController();
  const busy = pool.exec(targetOf(a), { command: 'hang' }, { signal: stop.signal });
  await until(() => a.commands.length === 1);
  const giveUp = new AbortController();
  const second = pool.exec(targetOf(b), { command: 'true' }, { signal: giveUp.signal });
  const third = pool.exec(targetOf(c), { command: 'true' });
  giveUp.abort(new Error('enough'));
  await expect(second.result).rejects.toThrow('enough');
  stop.abort(new Error('stop'));
  await expect(busy.result).rejects.toThrow('stop');
  expect((await third.result).exitCode).toBe(0);
  expect(b.accepted).toBe(0);
});

test('whoever is served and gives up at once makes way for those before him', async () => {
  const home = new Home();
  const [a, b, c] = await Promise.all([startMachine(), startMachine(), startMachine()]);
  home.knows(a, b, c);
  const pool = home.pool({ maxConnections: 2 });
  const stop = new AbortController();
  await pool.exec(targetOf(a), { command: 'true' }).result;
  const held = [a, b].map(
    (machine) => pool.exec(targetOf(machine), { command: 'hang' }, { signal: stop.signal }).result,
  );
  await until(() => a.commands.length === 2 && b.commands.length === 1);
  const waiting = pool.exec(targetOf(c), { command: 'exit 5' });
  stop.abort(new Error('stop'));
  for (const result of held) await expect(result).rejects.toThrow('stop');
  expect((await waiting.result).exitCode).toBe(5);
});
