import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { expect, onTestFinished, test } from 'vitest';
import { Home, startMachine, targetOf } from './support/home.ts';
import { until } from './support/until.ts';

function listen(...names: string[]): { name: string; message: Record<string, unknown> }[] {
  const seen: { name: string; message: Record<string, unknown> }[] = [];
  for (const name of names) {
    const listener = (message: unknown): void => void seen.push({ name, message: message as Record<string, unknown> });
    subscribe(`azfleet:ssh-pool:${name}`, listener);
    onTestFinished(() => void unsubscribe(`azfleet:ssh-pool:${name}`, listener));
  }
  return seen;
}

test('the life of a connection and its commands is announced, and nothing of what was run', async () => {
  const home = new Home();
  const machine = await startMachine();
  const seen = listen('connecting', 'connected', 'disconnected', 'command', 'host-key');
  const pool = home.pool();
  const target = targetOf(machine, { name: 'vm-1', mayAddHostKey: true, hostKeyAlias: 'azfleet-1' });
  await pool.exec(target, { command: 'exit 3' }, { stdin: 's3cret' }).result;
  await pool.exec(target, { command: 'refuse' }).result.catch(() => {});
  await pool.close();
  const label = `vm-1 (127.0.0.1:${machine.port})`;
  expect(seen.map(({ name }) => name)).toEqual([
    'connecting',
    'host-key',
    'connected',
    'command',
    'command',
    'disconnected',
  ]);
  expect(seen.map(({ message }) => message)).toMatchObject([
    { target: label },
    { target: label, action: 'added', file: home.file('own/known_hosts'), type: 'ecdsa-sha2-nistp256' },
    { target: label, handshakeMs: expect.any(Number) },
    { target: label, reused: false, exitCode: 3, signal: null, timings: { waitMs: expect.any(Number) } },
    { target: label, reused: true, error: { code: 'SSH_EXEC_REFUSED' } },
    { target: label, reason: 'SSH_POOL_CLOSED' },
  ]);
  const text = JSON.stringify(seen);
  for (const secret of ['s3cret', 'exit 3', 'refuse"']) expect(text).not.toContain(secret);
});

test('a server that takes fewer sessions is announced once', async () => {
  const home = new Home();
  const machine = await startMachine({ maxSessions: 2 });
  home.knows(machine);
  const seen = listen('session-refused');
  const pool = home.pool();
  const run = (): Promise<unknown> => pool.exec(targetOf(machine), { command: 'true' }).result;
  await Promise.all([run(), run(), run(), run()]);
  expect(seen.map(({ message }) => message)).toEqual([{ target: `127.0.0.1:${machine.port}`, sessions: 2 }]);
});

test('a key that could not be saved is announced, with the reason', async () => {
  const home = new Home();
  const machine = await startMachine();
  home.write('own', 'a file in the way');
  const seen = listen('host-key');
  const target = targetOf(machine, { mayAddHostKey: true, hostKeyAlias: 'azfleet-1' });
  await home.pool().exec(target, { command: 'true' }).result;
  await until(() => seen.length === 1);
  expect(seen[0]?.message).toMatchObject({ action: 'not-added', error: expect.any(Error) });
});
