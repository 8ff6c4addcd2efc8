import { expect, test } from 'vitest';
import { bench, result } from '../support/bench.ts';
import { counting, folder, suiteText } from '../support/folder.ts';

const comparison = `{ name: context.live ? 'live' : 'simulated', rounds: 2, sides: [${counting}] }`;
const reading = suiteText(comparison).replace('open:', 'live: true, open:');
const writing = suiteText(comparison);

test('--live runs the suites that only read, and tells them', async () => {
  const cwd = folder({ 'benchmarks/reads.bench.mjs': reading, 'benchmarks/writes.bench.mjs': writing });
  expect((await result(cwd, '--live')).benchmarks.map(({ benchmark }) => benchmark)).toEqual(['reads/live/counting']);
  expect((await result(cwd)).benchmarks.map(({ comparison }) => comparison)).toEqual(['simulated', 'simulated']);
});

test('one that does more is not run with --live, whoever asks for it', async () => {
  const cwd = folder({ 'benchmarks/writes.bench.mjs': writing });
  expect(await bench(cwd, 'run', '--live', 'writes')).toMatchObject({
    exitCode: 2,
    stderr: 'azfleet-bench: writes cannot be run with --live: it does more than read\n',
  });
  expect(await bench(cwd, 'run', '--live')).toMatchObject({
    exitCode: 2,
    stderr: 'azfleet-bench: no suite can be run with --live\n',
  });
});

test('one that cannot be loaded is not taken for one that only reads', async () => {
  const cwd = folder({
    'benchmarks/broken.bench.mjs': 'throw new Error("no");',
    'benchmarks/reads.bench.mjs': reading,
  });
  const { exitCode, stderr } = await bench(cwd, 'run', '--live');
  expect(exitCode).toBe(1);
  expect(stderr).toContain('broken failed: no\n');
});
