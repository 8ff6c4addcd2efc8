import { expect, test } from 'vitest';
import { FakeClock } from './support/fake-clock.ts';
import { Home, startMachine, targetOf } from './support/home.ts';
import { startSshd, withoutSshd } from './support/sshd.ts';
import { until } from './support/until.ts';

test.each([1, 2, 3])(
  'a server that takes %i sessions a connection runs all commands, on one connection',
  async (maxSessions) => {
    const home = new Home();
    const machine = await startMachine({ maxSessions });
    home.knows(machine);
    const pool = home.pool();
    const results = await Promise.all(
      Array.from({ length: 20 }, (_, index) => pool.exec(targetOf(machine), { command: `exit ${index}` }).result),
    );
    expect(results.map(({ exitCode }) => exitCode)).toEqual(Array.from({ length: 20 }, (_, index) => index));
    expect(machine.accepted).toBe(1);
    expect(machine.mostSessions).toBeLessThanOrEqual(maxSessions);
  },
);

test.skipIf(withoutSshd).each([1, 2, 10])(
  'OpenSSH with MaxSessions %i runs all commands, on one connection',
  async (maxSessions) => {
    const home = new Home();
    const sshd = await startSshd(home, [`MaxSessions ${maxSessions}`]);
    home.write('.ssh/known_hosts', sshd.knownHostsLine);
    const pool = home.pool();
    const codes = Array.from({ length: 15 }, (_, index) => index);
    const results = await Promise.all(codes.map((code) => pool.exec(sshd.target, { command: `exit ${code}` }).result));
    expect(results.map(({ exitCode }) => exitCode)).toEqual(codes);
    expect(pool.stats()).toMatchObject({ handshakes: 1, connections: 1, channels: 0 });
  },
);

test('once refused, a server is not asked for more than it takes', async () => {
  const home = new Home();
  const machine = await startMachine({ maxSessions: 2 });
  home.knows(machine);
  const pool = home.pool();
  const run = (): Promise<unknown> => pool.exec(targetOf(machine), { command: 'true' }).result;
  await Promise.all([run(), run(), run(), run()]);
  const { refused } = machine;
  expect(refused).toBeGreaterThan(0);
  for (let i = 0; i < 10; i += 1) await run();
  expect(machine.refused).toBe(refused);
});

test('a server that opens no session at all is given up after a few tries', async () => {
  const home = new Home();
  const machine = await startMachine({ maxSessions: 0 });
  home.knows(machine);
  const clock = new FakeClock();
  const pool = home.pool({ clock });
  const { result } = pool.exec(targetOf(machine), { command: 'true' });
  let isDone = false;
  const done = result.catch(() => {}).then(() => (isDone = true));
  // Each try comes after a pause, which ends when the clock is moved.
  await until(() => {
    clock.advance(100);
    return isDone;
  });
  await done;
  await expect(result).rejects.toMatchObject({ code: 'SSH_CHANNEL_REFUSED', sent: false });
  expect(pool.stats()).toMatchObject({ connections: 1, idle: 1, channels: 0 });
});

test('who gives up waiting for a session is not sent', async () => {
  const home = new Home();
  const machine = await startMachine({ maxSessions: 1 });
  home.knows(machine);
  const pool = home.pool();
  const stop = new AbortController();
  const busy = pool.exec(targetOf(machine), { command: 'hang' }, { signal: stop.signal });
  await until(() => machine.commands.length === 1);
  const giveUp = new AbortController();
  const waiting = pool.exec(targetOf(machine), { command: 'echo never' }, { signal: giveUp.signal });
  const next = pool.exec(targetOf(machine), { command: 'echo next' });
  giveUp.abort(new Error('enough'));
  stop.abort(new Error('stop'));
  await expect(waiting.result).rejects.toThrow('enough');
  await expect(busy.result).rejects.toThrow('stop');
  expect((await next.result).exitCode).toBe(0);
  expect(machine.commands).toEqual(['hang', 'echo next']);
});

test('a spare session that the server closes is replaced when it is needed', async () => {
  const home = new Home();
  const machine = await startMachine();
  home.knows(machine);
  const pool = home.pool();
  await pool.exec(targetOf(machine), { command: 'true' }).result;
  await until(() => machine.sessions === 1);
  machine.closeSpareSessions();
  await until(() => machine.sessions === 0);
  expect(await pool.exec(targetOf(machine), { command: 'exit 6' }).result).toMatchObject({ exitCode: 6 });
});
