import { existsSync, readFileSync, readdirSync, watch } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { benchProcess, resultIn } from '../support/bench.ts';
import { counting, folder, suiteText } from '../support/folder.ts';

/** Resolves when a file is there. */
function appears(directory: string, name: string): Promise<void> {
  return new Promise((resolve) => {
    const watcher = watch(directory, () => {
      if (!existsSync(join(directory, name))) return;
      watcher.close();
      resolve();
    });
  });
}

const done = `{ name: 'done', rounds: 3, sides: [${counting}] }`;
/** Says that it has come to its tenth round, and goes on for ever. */
const endless = `{ name: 'endless', rounds: 1e9, sides: [{ name: 'a', whole: async () => {
  if ((n += 1) === 12) writeFileSync('ready', '');
  await new Promise((resolve) => setImmediate(resolve));
  return { seconds: n };
} }, ${counting}] }`;

test.skipIf(process.platform === 'win32').each(['SIGINT', 'SIGTERM'] as const)(
  '%s in the middle: what is measured is kept and written, and nothing is left behind',
  async (signal) => {
    const temporary = folder();
    const cwd = folder({
      'benchmarks/s.bench.mjs': suiteText(
        `${done}, ${endless}`,
        `let n = 0; writeFileSync('pid', String(process.pid)); `,
      ).replace('] })', `], close: async () => writeFileSync('closed', '') })`),
      'benchmarks/t.bench.mjs': suiteText(done),
    });
    const ready = appears(cwd, 'ready');
    process.env['TMPDIR'] = temporary;
    const { child, ended } = benchProcess(cwd, 'run', '--output', 'r.json');
    delete process.env['TMPDIR'];
    await ready;
    child.kill(signal);
    const { exitCode, stdout, stderr } = await ended;
    expect(exitCode).toBe(130);
    expect(stderr.trim().split('\n').at(-1)).toBe('interrupted: 3 benchmarks kept in r.json');
    expect(stdout).toContain('s/endless');
    const { complete, suites, benchmarks } = resultIn(cwd, 'r.json');
    expect(complete).toBe(false);
    expect(suites).toEqual([{ suite: 's', status: 'interrupted', error: null }]);
    const [whole, a, b] = benchmarks;
    expect(whole!.rounds).toEqual([3, 4, 5]);
    expect(a!.rounds.length).toBeGreaterThanOrEqual(8);
    expect(b!.rounds).toHaveLength(a!.rounds.length);
    expect(existsSync(join(cwd, 'closed'))).toBe(true);
    expect(readdirSync(temporary)).toEqual([]);
    expect(() => process.kill(Number(readFileSync(join(cwd, 'pid'), 'utf8')), 0)).toThrow('ESRCH');
  },
);

test.skipIf(process.platform === 'win32')('of several launches those that came to their end are kept', async () => {
  const cwd = folder({
    launches: '',
    'benchmarks/s.bench.mjs': suiteText(
      `{ name: 'c', rounds: 12, launches: 3, sides: [${counting}, { name: 'stuck', whole: () => {
        n += 1;
        if (launch === 2 && n === 5) { writeFileSync('ready', ''); return new Promise(() => {}); }
        return { seconds: launch };
      } }] }`,
      `appendFileSync('launches', 'x'); const launch = readFileSync('launches', 'utf8').length; let n = 0;`,
    ),
  });
  const ready = appears(cwd, 'ready');
  const { child, ended } = benchProcess(cwd, 'run', '--output', 'r.json');
  await ready;
  child.kill('SIGINT');
  expect((await ended).exitCode).toBe(130);
  expect(resultIn(cwd, 'r.json').benchmarks.map(({ side, launches, rounds }) => [side, launches, rounds])).toEqual([
    ['counting', 1, [3, 4, 5, 6]],
    ['stuck', 1, [1, 1, 1, 1]],
  ]);
});

test.skipIf(process.platform === 'win32')('a suite in the middle of something long is not waited for', async () => {
  const cwd = folder({
    'benchmarks/s.bench.mjs': suiteText(
      `{ name: 'c', sides: [{ name: 'a', whole: () => { writeFileSync('ready', ''); return new Promise(() => setInterval(() => {}, 1000)); } }] }`,
    ),
  });
  const ready = appears(cwd, 'ready');
  const { child, ended } = benchProcess(cwd, 'run', '--json');
  await ready;
  child.kill('SIGINT');
  const { exitCode, stdout, stderr } = await ended;
  expect({ exitCode, stderr }).toEqual({ exitCode: 130, stderr: 'interrupted: 0 benchmarks kept\n' });
  expect(JSON.parse(stdout)).toMatchObject({ complete: false, benchmarks: [] });
});

test.skipIf(process.platform === 'win32')('a second Ctrl-C ends everything at once', async () => {
  const cwd = folder({
    'benchmarks/s.bench.mjs': suiteText(
      `{ name: 'c', sides: [{ name: 'a', whole: () => { writeFileSync('ready', ''); return new Promise(() => {}); } }] }`,
      `writeFileSync('pid', String(process.pid));`,
    ).replace(
      '] })',
      `], close: () => { writeFileSync('closing', ''); return new Promise(() => setInterval(() => {}, 1000)); } })`,
    ),
  });
  const [ready, closing] = [appears(cwd, 'ready'), appears(cwd, 'closing')];
  const { child, ended } = benchProcess(cwd, 'run');
  await ready;
  child.kill('SIGINT');
  await closing;
  child.kill('SIGINT');
  expect((await ended).exitCode).toBe(130);
  const pid = Number(readFileSync(join(cwd, 'pid'), 'utf8'));
  // It is told by the end of its channel, a moment later.
  await expect.poll(() => isGone(pid), { timeout: 30_000 }).toBe(true);
});

function isGone(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return process.platform === 'linux' && /\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return true;
  }
}
