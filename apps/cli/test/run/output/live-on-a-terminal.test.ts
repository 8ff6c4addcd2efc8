import { expect, test } from 'vitest';
import { sinkFor } from './support.ts';

const plainly = { columns: 80, env: { NO_COLOR: '1' } };

test('names are lined up', async () => {
  const sink = sinkFor(['web-1', 'web-100'], plainly);
  await sink.says(0, 'a\n');
  await sink.says(1, 'b\n');
  expect(sink.stdout()).toBe('web-1:   a\nweb-100: b\n');
});

test('a long name does not push all others to the right', async () => {
  const sink = sinkFor(['web-1', 'x'.repeat(30)], { ...plainly, columns: 24 });
  await sink.says(0, 'a\n');
  await sink.says(1, 'b\n');
  expect(sink.stdout()).toBe(`web-1:    a\n${'x'.repeat(30)}: b\n`);
});

test('each machine has a colour of its own, on both streams', async () => {
  const sink = sinkFor(['web-1', 'web-2'], { columns: 80 });
  await sink.says(0, 'a\n');
  await sink.says(0, 'e\n', 'stderr');
  const [, colour] = /^\u001b\[(\d+)mweb-1:\u001b\[39m a\n$/.exec(sink.stdout()) ?? []; // oxlint-disable-line no-control-regex
  expect(colour).toMatch(/^3[2-6]$/);
  expect(sink.stderr()).toBe(`\u001b[${colour}mweb-1:\u001b[39m e\n`);
});

test('controls become visible', async () => {
  const sink = sinkFor(['vm', 'other'], plainly);
  await sink.says(0, '\u001b]0;title\u0007 \u001b[2J \u009b \u202e\rdone\n');
  expect(sink.stdout()).toBe('vm:    \\e]0;title\\u{7} \\e[2J \\u{9b} \\u{202e}\\rdone\n');
});

test('colours pass and end with their line', async () => {
  const sink = sinkFor(['vm', 'other'], { columns: 80 });
  await sink.says(0, '\u001b[1;31mred\nplain \u001b[32mgreen\u001b[0m\nrest \u001b[4m');
  await sink.ends(0);
  const lines = sink
    .stdout()
    .split('\n')
    .map((line) => line.slice(line.indexOf(' ')).trimStart());
  expect(lines).toEqual(['\u001b[1;31mred\u001b[0m', 'plain \u001b[32mgreen\u001b[0m', 'rest \u001b[4m\u001b[0m', '']);
});

test('where no colours are wanted those of the machine are left out', async () => {
  const sink = sinkFor(['vm', 'other'], plainly);
  await sink.says(0, '\u001b[1;31mred\u001b[0m\n');
  expect(sink.stdout()).toBe('vm:    red\n');
});

test('tabs go to the same stops as without the name, and CR LF is a line end', async () => {
  const sink = sinkFor(['vm', 'other'], plainly);
  await sink.says(0, 'a\tb\r\nabcdefgh\tc\n机器\td\n');
  expect(sink.stdout()).toBe('vm:    a       b\nvm:    abcdefgh        c\nvm:    机器    d\n');
});

test('a character that comes in two pieces is one', async () => {
  const sink = sinkFor(['vm', 'other'], plainly);
  const [first, ...others] = Buffer.from('é');
  await sink.says(0, Buffer.from([first!]));
  await sink.says(0, Buffer.from([...others, 10]));
  expect(sink.stdout()).toBe('vm:    é\n');
});
