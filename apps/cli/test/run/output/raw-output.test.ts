import { expect, test } from 'vitest';
import { inPieces, randomFrom, sinkFor } from './support.ts';

test('the output of one literal machine is passed byte for byte', async () => {
  const random = randomFrom(5);
  const bytes = Buffer.from(Array.from({ length: 10_000 }, () => random(256)));
  const sink = sinkFor(['vm'], { oneLiteral: true });
  for (const piece of inPieces(bytes, random, 100)) await sink.says(0, piece);
  await sink.says(0, 'warning\n', 'stderr');
  await sink.ends(0);
  await sink.end();
  expect(sink.context.io.printed.bytes.equals(bytes)).toBe(true);
  expect(sink.stderr()).toBe('warning\n');
});

test('a terminal gets it at once, unfinished lines too, and without controls', async () => {
  const sink = sinkFor(['vm'], { oneLiteral: true, columns: 80 });
  await sink.says(0, 'a question? ');
  expect(sink.stdout()).toBe('a question? ');
  await sink.says(0, 'yes\r');
  await sink.says(0, '\n\u001b]0;title\u0007\u001b[');
  await sink.says(0, '32mgreen');
  await sink.ends(0);
  expect(sink.stdout()).toBe('a question? yes\n\\e]0;title\\u{7}\u001b[32mgreen\u001b[0m');
});

test('an exit code is passed on without words, as ssh does', async () => {
  const sink = sinkFor(['vm'], { oneLiteral: true });
  await sink.says(0, 'no match');
  await sink.ends(0, { status: 'failed', exitCode: 1 });
  await sink.end();
  expect(sink.stderr()).toBe('');
});

test('that it could not be reached is told', async () => {
  const sink = sinkFor(['vm'], { oneLiteral: true });
  const error = { code: 'SSH_CONNECT_FAILED', message: 'vm: the connection was refused.', hint: 'Is it running?' };
  await sink.ends(0, { status: 'unreachable', error });
  expect(sink.stderr()).toBe('vm: cannot connect: the connection was refused. Is it running?\n');
});

test('with --group or -o json it is one machine of a fleet', async () => {
  const grouped = sinkFor(['vm'], { oneLiteral: true, flags: ['--group'] });
  await grouped.says(0, 'x');
  await grouped.ends(0, { status: 'failed', exitCode: 1 });
  await grouped.end();
  expect(grouped.stdout()).toBe('vm (1) exit 1\n─────────────\nx\n');
  expect(grouped.stderr()).toBe('vm: exit 1\n');
});
