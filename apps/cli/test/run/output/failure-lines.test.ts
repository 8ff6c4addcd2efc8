import { expect, test } from 'vitest';
import { vm } from '../../support/vm.ts';
import { sinkFor } from './support.ts';

const quiet = { flags: ['--quiet'] };
const error = (message: string, code = 'SSH_AUTH_FAILED', hint?: string) => ({ code, message, hint });

test('a line each, at once, and nothing else', async () => {
  const sink = sinkFor(['web-1', 'web-2', 'web-3', 'web-4'], quiet);
  await sink.says(0, 'not shown\n');
  await sink.says(0, 'not shown\n', 'stderr');
  await sink.ends(0, { status: 'failed', exitCode: 2 });
  expect(sink.stderr()).toBe('web-1: exit 2\n');
  await sink.ends(1);
  await sink.ends(2, { status: 'skipped', reason: 'deallocated' });
  await sink.ends(3, { status: 'failed', signal: 'KILL' });
  await sink.end();
  expect(sink.stderr()).toBe('web-1: exit 2\nweb-4: signal KILL\n');
  expect(sink.stdout()).toBe('');
});

test('what happened, without the name twice', async () => {
  const sink = sinkFor(['a', 'b', 'c', 'd', 'e', 'f'], quiet);
  await sink.ends(0, { status: 'unreachable', error: error('a: could not sign in as ops: no key.') });
  await sink.ends(1, { status: 'unreachable', error: error('b: the connection was refused.', 'SSH_CONNECT_FAILED') });
  await sink.ends(2, { status: 'timeout', error: error('c: not finished after 30 s.', 'SSH_COMMAND_TIMEOUT') });
  await sink.ends(3, { status: 'timeout', error: error('timed out after 30 s') });
  await sink.ends(4, { status: 'timeout' });
  await sink.ends(5, { status: 'failed', error: error('f: the connection was lost.') });
  expect(sink.stderr().split('\n')).toEqual([
    'a: could not sign in as ops: no key',
    'b: cannot connect: the connection was refused',
    'c: timed out: not finished after 30 s',
    'd: timed out after 30 s',
    'e: timed out',
    'f: the connection was lost',
    '',
  ]);
});

test('the address is told, and what else stands in brackets is text', async () => {
  const sink = sinkFor(['a', 'b', 'c'], quiet);
  await sink.ends(0, { status: 'timeout', error: error('no connection after 8 s (10.0.0.4).') });
  await sink.ends(1, { status: 'failed', error: error('lost (ECONNRESET).') });
  await sink.ends(2, { status: 'failed', address: undefined, error: error('lost (10.0.0.4).') });
  expect(sink.stderr()).toBe(
    'a: timed out: no connection after 8 s (10.0.0.4)\nb: lost (ECONNRESET)\nc: lost (10.0.0.4)\n',
  );
});

test('what to do about it is told once, not for each of a hundred machines', async () => {
  const sink = sinkFor(['a', 'b', 'c'], quiet);
  const refused = error('refused.', 'SSH_CONNECT_FAILED', 'Is it running?');
  await sink.ends(0, { status: 'unreachable', error: refused });
  await sink.ends(1, { status: 'unreachable', error: refused });
  await sink.ends(2, { status: 'unreachable', error: { ...refused, hint: 'See MaxStartups.' } });
  expect(sink.stderr().split('\n')).toEqual([
    'a: cannot connect: refused. Is it running?',
    'b: cannot connect: refused',
    'c: cannot connect: refused. See MaxStartups.',
    '',
  ]);
});

test('those that an interruption ended are told in one line', async () => {
  const sink = sinkFor(['vm-1', 'vm-2', 'vm-3', 'vm-4'], quiet);
  for (const machine of [2, 0, 1])
    await sink.ends(machine, { status: 'aborted', error: error('interrupted.', 'ABORTED', 'It may have run.') });
  await sink.ends(3, { status: 'skipped', reason: 'interrupted' });
  expect(sink.stderr()).toBe('');
  await sink.end();
  expect(sink.stderr()).toBe('vm-[1-3]: interrupted. It may have run.\n');
});

test('nothing of a server or a name reaches the terminal as a control', async () => {
  const sink = sinkFor([vm({ name: 'a\u001b[2J' })], { ...quiet, columns: 80, env: { NO_COLOR: '1' } });
  await sink.ends(0, { status: 'unreachable', error: error('banner \u001b]0;x\u0007\nnext line') });
  expect(sink.stderr()).toBe('a\\e[2J: banner \\e]0;x\\u{7}\\nnext line\n');
});

test('on a terminal the name is red', async () => {
  const sink = sinkFor(['a', 'b'], { ...quiet, columns: 80 });
  await sink.ends(0, { status: 'failed', exitCode: 1 });
  expect(sink.stderr()).toBe('\u001b[31ma:\u001b[39m exit 1\n');
});
