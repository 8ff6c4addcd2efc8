import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { startDeadHost } from './support/dead-host.ts';
import { Home, startMachine, targetOf, textOf } from './support/home.ts';
import { countingConnector } from './support/sockets.ts';
import { startSshd, withoutSshd } from './support/sshd.ts';
import { until } from './support/until.ts';

test('a signal that is aborted already sends nothing', async () => {
  const home = new Home();
  const machine = await startMachine();
  home.knows(machine);
  const pool = home.pool();
  const signal = AbortSignal.abort(new Error('too late'));
  await expect(pool.exec(targetOf(machine), { command: 'true' }, { signal }).result).rejects.toThrow('too late');
  expect(machine.accepted).toBe(0);
});

test('aborting during the hand-shake closes the connection, if nobody else waits for it', async () => {
  const home = new Home();
  const dead = await startDeadHost();
  const sockets = countingConnector();
  const pool = home.pool({ connector: sockets.connector });
  const target = { host: '127.0.0.1', port: dead.port };
  const [first, second] = [new AbortController(), new AbortController()];
  const a = pool.exec(target, { command: 'true' }, { signal: first.signal });
  const b = pool.exec(target, { command: 'true' }, { signal: second.signal });
  await until(() => dead.held === 1);
  first.abort(new Error('first'));
  await expect(a.result).rejects.toThrow('first');
  expect(pool.stats()).toMatchObject({ connections: 1, connecting: 1 });
  second.abort(new Error('second'));
  await expect(b.result).rejects.toThrow('second');
  await until(() => pool.stats().connections === 0);
  expect(sockets.open).toBe(0);
});

test('aborting a command fails its streams, and leaves the connection usable', async () => {
  const home = new Home();
  const machine = await startMachine();
  home.knows(machine);
  const pool = home.pool();
  const stop = new AbortController();
  const { stdout, result } = pool.exec(targetOf(machine), { command: 'hang' }, { signal: stop.signal });
  const reading = textOf(stdout);
  await until(() => machine.commands.length === 1);
  stop.abort(new Error('stop'));
  await expect(result).rejects.toThrow('stop');
  await expect(reading).rejects.toThrow('stop');
  expect((await pool.exec(targetOf(machine), { command: 'true' }).result).reused).toBe(true);
  await until(() => pool.stats().channels === 0);
  expect(pool.stats()).toMatchObject({ connections: 1, idle: 1 });
});

// For root's own sessions sshd passes no signals on ("session signalling requires privilege separation").
test.skipIf(withoutSshd || process.getuid?.() === 0)('an aborted command is sent SIGTERM over there', async () => {
  const home = new Home();
  const sshd = await startSshd(home);
  home.write('.ssh/known_hosts', sshd.knownHostsLine);
  const stop = new AbortController();
  const ended = home.file('ended');
  const command = `trap 'echo by TERM > ${ended}; exit' TERM; echo ready; while :; do sleep 0.02; done`;
  const { stdout, result } = home.pool().exec(sshd.target, { command }, { signal: stop.signal });
  for await (const chunk of stdout) {
    expect(Buffer.from(chunk).toString()).toBe('ready\n');
    break;
  }
  stop.abort(new Error('stop'));
  await expect(result).rejects.toThrow('stop');
  await until(() => existsSync(ended) && home.read('ended') === 'by TERM\n');
});

test('what arrived before the end can still be read, then comes the reason', async () => {
  const home = new Home();
  const machine = await startMachine();
  home.knows(machine);
  const { stdout, result } = home.pool().exec(targetOf(machine), { command: 'partial half of it' });
  await expect(result).rejects.toMatchObject({ code: 'SSH_CONNECTION_LOST', sent: true });
  let text = '';
  const reading = (async () => {
    for await (const chunk of stdout) text += Buffer.from(chunk).toString();
  })();
  await expect(reading).rejects.toMatchObject({ code: 'SSH_CONNECTION_LOST' });
  expect(text).toBe('half of it\n');
});

test('a finished command does not listen to its signal any more', async () => {
  const home = new Home();
  const machine = await startMachine();
  home.knows(machine);
  const pool = home.pool();
  const counted = countListeners(new AbortController().signal);
  await pool.exec(targetOf(machine), { command: 'true' }, { signal: counted.signal }).result;
  expect(counted.listeners()).toBe(0);
});

function countListeners(signal: AbortSignal): { signal: AbortSignal; listeners(): number } {
  let count = 0;
  const add = signal.addEventListener.bind(signal);
  const remove = signal.removeEventListener.bind(signal);
  signal.addEventListener = (...all: Parameters<typeof add>) => {
    count += 1;
    add(...all);
  };
  signal.removeEventListener = (...all: Parameters<typeof remove>) => {
    count -= 1;
    remove(...all);
  };
  return { signal, listeners: () => count };
}
