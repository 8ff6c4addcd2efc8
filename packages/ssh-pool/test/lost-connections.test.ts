import { expect, test } from 'vitest';
import { Home, startMachine, targetOf } from './support/home.ts';
import { until } from './support/until.ts';

test('a connection that breaks while nobody uses it leaves the pool', async () => {
  const home = new Home();
  const machine = await startMachine();
  home.knows(machine);
  const pool = home.pool();
  await pool.exec(targetOf(machine), { command: 'true' }).result;
  machine.kill();
  await until(() => pool.stats().connections === 0);
  expect(await pool.exec(targetOf(machine), { command: 'true' }).result).toMatchObject({ exitCode: 0, reused: false });
});

test('a command that was sent is not repeated when its connection breaks', async () => {
  const home = new Home();
  const machine = await startMachine();
  home.knows(machine);
  const pool = home.pool();
  await pool.exec(targetOf(machine), { command: 'true' }).result;
  await expect(pool.exec(targetOf(machine), { command: 'die' }).result).rejects.toMatchObject({
    code: 'SSH_CONNECTION_LOST',
    sent: true,
    message: expect.stringContaining('the connection was lost'),
  });
  expect(machine.commands).toEqual(['true', 'die']);
});

test('commands that were not sent go on over another connection, and run once', async () => {
  const home = new Home();
  const machine = await startMachine();
  home.knows(machine);
  const pool = home.pool();
  const stuck = Array.from({ length: 8 }, () => pool.exec(targetOf(machine), { command: 'hang' }).result);
  await until(() => machine.commands.length === 8);
  const waiting = [1, 2, 3].map((code) => pool.exec(targetOf(machine), { command: `exit ${code}` }).result);
  machine.kill();
  for (const result of stuck) await expect(result).rejects.toMatchObject({ sent: true });
  expect((await Promise.all(waiting)).map(({ exitCode }) => exitCode)).toEqual([1, 2, 3]);
  expect(machine.commands.filter((command) => command.startsWith('exit')).toSorted()).toEqual([
    'exit 1',
    'exit 2',
    'exit 3',
  ]);
  expect(machine.accepted).toBe(2);
});

test('a machine that breaks every connection before a command is sent is given up', async () => {
  const home = new Home();
  const machine = await startMachine({ dropsSessions: true });
  home.knows(machine);
  await expect(home.pool().exec(targetOf(machine), { command: 'true' }).result).rejects.toMatchObject({
    code: 'SSH_CONNECTION_LOST',
    sent: false,
  });
  expect(machine.accepted).toBe(3);
});

test('what the server says when it hangs up is told, on one line', async () => {
  const home = new Home();
  const machine = await startMachine();
  home.knows(machine);
  const pool = home.pool();
  const { result } = pool.exec(targetOf(machine), { command: 'goodbye' });
  await expect(result).rejects.toMatchObject({ code: 'SSH_CONNECTION_LOST', sent: true });
});
