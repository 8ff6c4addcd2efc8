import { beforeEach, expect, test } from 'vitest';
import { observation } from '../../src/suite/observation.ts';
import { runProcess } from '../../src/suite/process.ts';

const node = process.execPath;

beforeEach(() => {
  observation().probing = true;
  return () => {
    observation().probing = false;
  };
});

// Elsewhere the system's own figure is taken, which may begin with the parent's.
test.runIf(process.platform === 'linux')(
  'the peak is that of the process: not of the one that started it, and not of what it starts',
  async () => {
    const large = Buffer.alloc(400 * 1024 ** 2, 1);
    const script = `require('node:child_process').spawnSync(process.execPath, ['-e', 'Buffer.alloc(300e6, 1)'])`;
    const { peakMemoryMb } = await runProcess(node, ['-e', script]);
    expect(large.length).toBeGreaterThan(0);
    expect(peakMemoryMb).toBeGreaterThan(10);
    expect(peakMemoryMb).toBeLessThan(200);
  },
);

test('what a process allocates is seen, and so is the time that it computes', async () => {
  const script = 'globalThis.kept = Buffer.alloc(150 * 1024 ** 2, 1); for (let i = 0; i < 1e8; i += 1);';
  const [empty, busy] = [await runProcess(node, ['-e', '0']), await runProcess(node, ['-e', script])];
  expect(busy.peakMemoryMb! - empty.peakMemoryMb!).toBeGreaterThan(100);
  expect(busy.cpuSeconds).toBeGreaterThan(empty.cpuSeconds!);
});

test('nothing of it is seen by the process, nor by what it starts', async () => {
  const script = `
    const shown = (env) => JSON.stringify(Object.keys(env).filter((name) => /AZFLEET_BENCH|NODE_OPTIONS/.test(name)));
    console.log(shown(process.env), require('node:child_process').execFileSync(process.execPath, ['-p', 'process.env.NODE_OPTIONS']).toString());`;
  const plain = await runProcess(node, ['-e', script], { env: {} });
  expect(plain.stdout).toBe('[] undefined\n\n');
  expect(plain.stderr).toBe('');
  const own = await runProcess(node, ['-e', script], { env: { NODE_OPTIONS: '--no-warnings' } });
  expect(own.stdout).toBe('["NODE_OPTIONS"] --no-warnings\n\n');
});

test('of a program that is not Node, or that was killed, nothing is known', async () => {
  if (process.platform === 'win32') return;
  const run = await runProcess('/bin/sh', ['-c', 'exit 0']);
  expect(run.peakMemoryMb).toBeUndefined();
  expect(run.cpuSeconds).toBeUndefined();
});

test('a repetition that is timed is left alone', async () => {
  observation().probing = false;
  const run = await runProcess(node, ['-p', 'String(process.env.NODE_OPTIONS)'], { env: {} });
  expect(run.stdout).toBe('undefined\n');
  expect(run.peakMemoryMb).toBeUndefined();
});
