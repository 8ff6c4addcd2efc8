import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bench } from '../support/bench.ts';
import { counting, folder, suiteText } from '../support/folder.ts';

test.skipIf(process.platform === 'win32')(
  'what a suite leaves running ends with it, and its output holds nothing up',
  async () => {
    const cwd = folder({
      'benchmarks/s.bench.mjs': suiteText(
        `{ name: 'c', rounds: 1, sides: [${counting}] }`,
        `import { spawn } from 'node:child_process';
       const left = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit' });
       writeFileSync('pid', String(left.pid));`,
      ),
    });
    expect((await bench(cwd, 'run')).exitCode).toBe(0);
    const pid = Number(readFileSync(join(cwd, 'pid'), 'utf8'));
    expect(isRunning(pid)).toBe(false);
  },
);

test('the folder that a suite is given is its own, private, and gone afterwards', async () => {
  const cwd = folder({
    'benchmarks/s.bench.mjs': suiteText('').replace(
      'open: (context) => ({ comparisons: [] })',
      `open: async ({ directory }) => {
        const { statSync } = await import('node:fs');
        writeFileSync(join(directory, 'x'), '');
        writeFileSync('directory', directory + ' ' + (statSync(directory).mode & 0o777).toString(8));
        return { comparisons: [] };
      }`,
    ),
  });
  await bench(cwd, 'run');
  const [directory, mode] = readFileSync(join(cwd, 'directory'), 'utf8').split(' ');
  expect(existsSync(directory!)).toBe(false);
  expect(mode).toBe(process.platform === 'win32' ? mode : '700');
});

/** A process that has ended and waits for somebody to notice counts as ended. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  return process.platform !== 'linux' || !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
}
