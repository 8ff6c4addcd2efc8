import { expect, test } from 'vitest';
import { startDeadHost } from './support/dead-host.ts';
import { FakeClock } from './support/fake-clock.ts';
import { Home, startMachine, targetOf } from './support/home.ts';
import { until } from './support/until.ts';

test('a host that refuses is an error that says so', async () => {
  const home = new Home();
  const machine = await startMachine();
  const target = targetOf(machine, { name: 'vm-1' });
  await machine.close();
  await expect(home.pool().exec(target, { command: 'true' }).result).rejects.toMatchObject({
    code: 'SSH_CONNECT_FAILED',
    message: `vm-1 (127.0.0.1:${target.port}): the connection was refused.`,
    target: `vm-1 (127.0.0.1:${target.port})`,
    sent: false,
  });
});

test('a host name that does not exist is an error that says so', async () => {
  const pool = new Home().pool();
  const { result } = pool.exec({ host: 'nowhere.invalid' }, { command: 'true' });
  await expect(result).rejects.toMatchObject({ code: 'SSH_CONNECT_FAILED', sent: false });
  await expect(result).rejects.toThrow(
    /^nowhere\.invalid: (that host name is not known|host names cannot be looked up)/,
  );
});

test.each([
  ['at once', { dropAfterBytes: 0 }],
  ['after a few bytes', { dropAfterBytes: 10 }],
  ['in the middle of the hand-shake', { greeting: 'SSH-2.0-Half\r\n', dropAfterBytes: 100 }],
])('a host that hangs up %s is an error, and its place is free', async (_, options) => {
  const home = new Home();
  const dead = await startDeadHost(options);
  const pool = home.pool();
  const { result } = pool.exec({ host: '127.0.0.1', port: dead.port }, { command: 'true' });
  await expect(result).rejects.toMatchObject({ sent: false, code: expect.stringMatching(/HANDSHAKE|CONNECT_FAILED/) });
  await until(() => pool.stats().connections === 0);
});

test('something that is not an SSH server is an error that shows what it is not', async () => {
  const home = new Home();
  const dead = await startDeadHost({
    greeting: 'HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n',
    dropAfterBytes: 1,
  });
  const { result } = home.pool().exec({ host: '127.0.0.1', port: dead.port }, { command: 'true' });
  await expect(result).rejects.toMatchObject({ code: 'SSH_HANDSHAKE_FAILED', sent: false });
});

test('dead hosts hold their places until the connect limit, and the living ones have theirs then', async () => {
  const home = new Home();
  const dead = await Promise.all(Array.from({ length: 4 }, () => startDeadHost()));
  const living = await startMachine();
  home.knows(living);
  const clock = new FakeClock();
  const pool = home.pool({ clock, maxConnections: 4 });
  const failures = dead.map(({ port }) => pool.exec({ host: '127.0.0.1', port }, { command: 'true' }).result);
  const { result } = pool.exec(targetOf(living), { command: 'true' });
  await until(() => dead.every(({ held }) => held === 1));
  expect(pool.stats()).toMatchObject({ connections: 4, connecting: 4, waiting: 1 });
  clock.advance(15_000);
  for (const failure of failures) await expect(failure).rejects.toMatchObject({ code: 'SSH_CONNECT_TIMEOUT' });
  expect((await result).exitCode).toBe(0);
  await until(() => dead.every(({ held }) => held === 0));
});

test('a failed hand-shake fails all who waited for it, at once', async () => {
  const home = new Home();
  const dead = await startDeadHost({ dropAfterBytes: 10 });
  const pool = home.pool();
  const target = { host: '127.0.0.1', port: dead.port };
  const all = await Promise.allSettled(Array.from({ length: 20 }, () => pool.exec(target, { command: 'true' }).result));
  expect(all.every(({ status }) => status === 'rejected')).toBe(true);
  expect(dead.accepted).toBe(1);
});
