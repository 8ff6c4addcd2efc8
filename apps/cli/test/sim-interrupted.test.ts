import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import { run } from '../src/cli.ts';
import { capturedIo, executable } from './support/cli.ts';

const env = { PATH: process.env['PATH'], HOME: '/nonexistent', TERM: 'dumb', SHELL: '/bin/sh' };

/** Says that it is ready, and ends a moment after the first SIGINT, with the number of those that came. */
const counting = `let n = 0; process.on('SIGINT', () => { n += 1; setTimeout(() => process.exit(n), 200); }); console.log('ready'); setInterval(() => {}, 1000)`;

test('an interrupted sim passes the signal on to its command, and ends as that does', async () => {
  const child = spawn(process.execPath, [executable, 'sim', '--no-ssh', '--', process.execPath, '-e', counting], {
    env,
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  await new Promise((resolve) => child.stdout.once('data', resolve));
  child.kill('SIGINT');
  expect(await new Promise((resolve) => child.on('close', resolve))).toBe(1);
});

const hasScript = spawnSync('script', ['--version']).status === 0;

test.skipIf(!hasScript)(
  'Ctrl-C on a terminal reaches the command once: a second one would end azfleet at once',
  async () => {
    const words = [process.execPath, executable, 'sim', '--no-ssh', '--', process.execPath, '-e', counting];
    const line = words.map((word) => `'${word.replaceAll("'", String.raw`'\''`)}'`).join(' ');
    const child = spawn('script', ['-qec', `exec ${line}`, '/dev/null'], { env });
    onTestFinished(() => void child.kill('SIGKILL'));
    let printed = '';
    await new Promise<void>((resolve) =>
      child.stdout.on('data', (text) => (printed += String(text)).includes('ready') && resolve()),
    );
    child.stdin.write('\u0003');
    expect(await new Promise((resolve) => child.on('close', resolve))).toBe(1);
  },
);

test('a command that the signal ends, ends sim with 130', async () => {
  const clock = { now: () => Date.now(), setTimeout: () => 0, clearTimeout: () => {} };
  const captured = capturedIo(env, clock);
  const asked = new AbortController();
  const listens = once(asked.signal, 'abort');
  const interruptSignal = (): AbortSignal => {
    asked.abort();
    return captured.interruptSignal();
  };
  const io = { ...captured, interruptSignal };
  const ended = run(['sim', '--no-ssh', '--', process.execPath, '-e', 'setInterval(() => {}, 1000)'], io);
  await listens;
  captured.interrupt();
  expect(await ended).toBe(130);
});
