import { expect, test } from 'vitest';
import { sinkFor } from './support.ts';

test('a line a machine, as it finishes', async () => {
  const sink = sinkFor(['vm-1', 'vm-2', 'vm-3'], { flags: ['-o', 'ndjson'] });
  await sink.says(0, 'one\n');
  await sink.says(1, 'two\nlines\n');
  await sink.ends(1);
  expect(JSON.parse(sink.stdout())).toMatchObject({ name: 'vm-2', status: 'ok', stdout: 'two\nlines\n' });
  await sink.ends(0, { status: 'failed', exitCode: 1 });
  await sink.ends(2, { status: 'skipped', reason: 'Windows' });
  await sink.end();
  const lines = sink.stdout().split('\n');
  expect(lines).toHaveLength(4);
  expect(lines.slice(0, 3).map((line) => JSON.parse(line).name)).toEqual(['vm-2', 'vm-1', 'vm-3']);
  expect(lines[0]).toBe(JSON.stringify(JSON.parse(lines[0]!)));
});

test('lines are whole, however many machines end at the same time', async () => {
  const names = Array.from({ length: 20 }, (_, index) => `vm-${index}`);
  const sink = sinkFor(names, { flags: ['-o', 'ndjson'] });
  await Promise.all(
    names.map(async (name, machine) => {
      await sink.says(machine, name.repeat(20_000));
      await sink.ends(machine);
    }),
  );
  await sink.end();
  const machines = sink
    .stdout()
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(new Set(machines.map(({ name }) => name))).toEqual(new Set(names));
  expect(machines.filter(({ name, stdout }) => stdout !== name.repeat(20_000))).toEqual([]);
});
