import { expect, test } from 'vitest';
import { Home, startMachine, targetOf, textOf } from './support/home.ts';

test('a command gives its output, its errors and its exit code', async () => {
  const home = new Home();
  const machine = await startMachine();
  home.knows(machine);
  const { stdout, stderr, result } = home.pool().exec(targetOf(machine), { command: 'both ways' });
  expect(await textOf(stdout)).toBe('out ways\n');
  expect(await textOf(stderr)).toBe('err ways\n');
  expect(await result).toMatchObject({ exitCode: 0, signal: null, reused: false });
});

test.each([
  ['exit 3', { exitCode: 3, signal: null }],
  ['exit 255', { exitCode: 255, signal: null }],
  ['signal KILL', { exitCode: null, signal: 'SIGKILL' }],
  ['vanish', { exitCode: null, signal: null }],
])('how "%s" ends is told', async (command, end) => {
  const home = new Home();
  const machine = await startMachine();
  home.knows(machine);
  expect(await home.pool().exec(targetOf(machine), { command }).result).toMatchObject(end);
});

test('the result does not wait for somebody to read a short output, which stays readable', async () => {
  const home = new Home();
  const machine = await startMachine();
  home.knows(machine);
  const { stdout, result } = home.pool().exec(targetOf(machine), { command: 'bytes 500000' });
  expect((await result).exitCode).toBe(0);
  expect((await textOf(stdout)).length).toBe(500_000);
});

test('a command that the server refuses to run is an error that says it did not run', async () => {
  const home = new Home();
  const machine = await startMachine();
  home.knows(machine);
  const pool = home.pool();
  await expect(pool.exec(targetOf(machine), { command: 'refuse' }).result).rejects.toMatchObject({
    code: 'SSH_EXEC_REFUSED',
    sent: false,
  });
  expect(await pool.exec(targetOf(machine), { command: 'true' }).result).toMatchObject({ exitCode: 0, reused: true });
});

test('the parts of the time add up, and a warm command has not connected', async () => {
  const home = new Home();
  const machine = await startMachine();
  home.knows(machine);
  const pool = home.pool();
  const cold = await pool.exec(targetOf(machine), { command: 'true' }).result;
  expect(cold.timings.connectMs).toBeGreaterThan(0);
  expect(cold.timings.commandMs).toBeGreaterThan(0);
  const warm = await pool.exec(targetOf(machine), { command: 'true' }).result;
  expect(warm.timings.connectMs).toBe(0);
});

test('onEstablished is called once the hand-shake is through, and at once on an open connection', async () => {
  const home = new Home();
  const machine = await startMachine();
  home.knows(machine);
  const pool = home.pool();
  const seen: number[] = [];
  const onEstablished = (): void => void seen.push(pool.stats().handshakes);
  await pool.exec(targetOf(machine), { command: 'true' }, { onEstablished }).result;
  expect(seen).toEqual([1]);
  const warm = pool.exec(targetOf(machine), { command: 'true' }, { onEstablished });
  expect(seen).toEqual([1, 1]);
  await warm.result;
});

function fail(): never {
  throw new Error('not now');
}

test('an error thrown by onEstablished ends the command, unsent', async () => {
  const home = new Home();
  const machine = await startMachine();
  home.knows(machine);
  const pool = home.pool();
  await expect(pool.exec(targetOf(machine), { command: 'true' }, { onEstablished: fail }).result).rejects.toThrow(
    'not now',
  );
  expect(machine.commands).toEqual([]);
  expect(pool.stats()).toMatchObject({ idle: 1, channels: 0, waiting: 0 });
});
