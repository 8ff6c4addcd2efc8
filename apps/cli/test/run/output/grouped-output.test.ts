import { expect, test } from 'vitest';
import { vm } from '../../support/vm.ts';
import { sinkFor } from './support.ts';

const grouped = { flags: ['--group'] };

test('machines that wrote the same are one group, the largest first', async () => {
  const sink = sinkFor(['db-01', 'web-01', 'web-02', 'web-03', 'web-07'], grouped);
  await sink.says(0, 'Linux 5.10\n');
  for (const [machine, pieces] of [
    [3, ['Linux ', '6.1\n']],
    [1, ['Linux 6.1\n']],
    [4, ['Linux 6.1', '\n']],
    [2, ['Linux 6.1\n']],
  ] as const) {
    for (const piece of pieces) await sink.says(machine, piece);
    await sink.ends(machine);
  }
  await sink.ends(0);
  expect(sink.stdout()).toBe('');
  await sink.end();
  expect(sink.stdout()).toBe('web-[01-03,07] (4)\n──────────────────\nLinux 6.1\n\ndb-01 (1)\n─────────\nLinux 5.10\n');
});

test('groups of the same size are in the order of the fleet', async () => {
  const sink = sinkFor(['b', 'a', 'c'], grouped);
  for (const machine of [2, 0, 1]) {
    await sink.says(machine, `${machine}\n`);
    await sink.ends(machine);
  }
  await sink.end();
  expect(sink.stdout().match(/^\w(?= \()/gm)).toEqual(['b', 'a', 'c']);
});

test('what ended otherwise, or wrote to the other stream, is another group', async () => {
  const sink = sinkFor(['a', 'b', 'c', 'd'], grouped);
  for (const machine of [0, 1, 2]) await sink.says(machine, 'same\n');
  await sink.says(3, 'same\n', 'stderr');
  await sink.ends(0);
  await sink.ends(1, { status: 'failed', exitCode: 2 });
  await sink.ends(2, { status: 'failed', signal: 'TERM' });
  await sink.ends(3);
  await sink.end();
  expect(sink.stdout().match(/^\w \(.*/gm)).toEqual(['a (1)', 'b (1) exit 2', 'c (1) signal TERM', 'd (1)']);
});

test('stdout comes before stderr, and each ends with a newline', async () => {
  const sink = sinkFor(['a'], grouped);
  await sink.says(0, 'warning', 'stderr');
  await sink.says(0, 'out');
  await sink.ends(0);
  await sink.end();
  expect(sink.stdout()).toBe('a (1)\n─────\nout\nstderr:\nwarning\n');
  expect(sink.stderr()).toBe('');
});

test('no output is told as such', async () => {
  const sink = sinkFor(['vm-1', 'vm-2', 'vm-3'], grouped);
  await sink.ends(0);
  await sink.ends(1);
  await sink.ends(2, { status: 'failed', exitCode: 1 });
  await sink.end();
  expect(sink.stdout()).toBe(
    'vm-[1-2] (2) no output\n──────────────────────\n\nvm-3 (1) exit 1 no output\n─────────────────────────\n',
  );
});

test('failures come after, those that failed alike in one line', async () => {
  const sink = sinkFor(['vm-1', 'vm-2', 'vm-3', 'vm-4', 'vm-5'], grouped);
  await sink.ends(0, { status: 'unreachable', error: refused('vm-1') });
  await sink.says(1, 'half');
  await sink.ends(1, {
    status: 'timeout',
    error: { code: 'T', message: 'vm-2: not finished after 3 s.', hint: undefined },
  });
  await sink.ends(2, { status: 'unreachable', error: refused('vm-3') });
  await sink.ends(3, { status: 'skipped', reason: 'deallocated' });
  await sink.ends(4, { status: 'aborted' });
  expect(sink.stderr()).toBe('');
  await sink.end();
  expect(sink.stdout()).toBe('vm-2 (1) timed out\n──────────────────\nhalf\n');
  expect(sink.stderr()).toBe(
    'vm-[1,3]: cannot connect: refused. Is it running?\nvm-2: timed out: not finished after 3 s\nvm-5: aborted\n',
  );
});

test('the addresses of machines that failed alike are left out, that of one is told', async () => {
  const sink = sinkFor(['vm-1', 'vm-2', 'vm-3'], grouped);
  for (const [machine, what] of [
    [0, 'refused'],
    [1, 'refused'],
    [2, 'reset'],
  ] as const) {
    const address = `10.0.0.${machine}`;
    const error = { code: 'SSH_CONNECT_FAILED', message: `${what} (${address}:22)`, hint: undefined };
    await sink.ends(machine, { status: 'unreachable', address, error });
  }
  await sink.end();
  expect(sink.stderr()).toBe('vm-[1-2]: cannot connect: refused\nvm-3: cannot connect: reset (10.0.0.2:22)\n');
});

test('a name in two groups is shown with its group', async () => {
  const sink = sinkFor([vm({ name: 'vm-1', resourceGroup: 'a' }), vm({ name: 'vm-1', resourceGroup: 'b' })], grouped);
  await sink.ends(0);
  await sink.ends(1);
  await sink.end();
  expect(sink.stdout()).toContain('a/vm-1,b/vm-1 (2)');
});

test('a pipe gets the bytes, and the header on one line', async () => {
  const names = Array.from({ length: 60 }, (_, index) => `${'abcdef'[index % 6]}${index}x`);
  const sink = sinkFor(names, grouped);
  for (const machine of names.keys()) {
    await sink.says(machine, Buffer.from([0x1b, 0x5b, 0xff, 0x0a]));
    await sink.ends(machine);
  }
  await sink.end();
  const [header, rule, ...content] = sink.context.io.printed.bytes.toString('latin1').split('\n');
  expect(header).toMatch(/ \(60\)$/);
  expect(Buffer.from(rule!, 'latin1').toString()).toBe('─'.repeat(80));
  expect(content).toEqual(['\u001b[\u00ff', '']);
});

test.each([24, 80])('on a terminal with %i columns no header or rule is wider', async (columns) => {
  const names = Array.from({ length: 1000 }, (_, index) => `${['web', 'db', 'worker'][index % 3]}-${index}`);
  const sink = sinkFor(names, { ...grouped, columns, env: { NO_COLOR: '1' } });
  for (const machine of names.keys()) {
    if (machine % 7 !== 0) await sink.says(machine, 'x\u001b[2J\n');
    await sink.ends(machine);
  }
  await sink.end();
  const lines = sink.stdout().split('\n');
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(columns);
  expect(lines.filter((line) => line.startsWith('─'))).toEqual(['─'.repeat(columns), '─'.repeat(columns)]);
  expect(sink.stdout()).toContain('x\\e[2J\n\n');
  expect(sink.stdout()).toContain('(857)');
  expect(sink.stdout()).toContain('(143) no output');
});

test('on a terminal names stand out, the count and the rule do not', async () => {
  const sink = sinkFor(['vm-1', 'vm-2'], { ...grouped, columns: 80 });
  await sink.ends(0);
  await sink.ends(1, { status: 'failed', exitCode: 3 });
  await sink.end();
  expect(sink.stdout()).toContain(
    '\u001b[1mvm-2\u001b[22m\u001b[2m (1)\u001b[22m\u001b[31m exit 3\u001b[39m\u001b[2m no output\u001b[22m\n',
  );
});

function refused(name: string) {
  return { code: 'SSH_CONNECT_FAILED', message: `${name}: refused.`, hint: 'Is it running?' };
}
