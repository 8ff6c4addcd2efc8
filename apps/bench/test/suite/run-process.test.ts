import { expect, test } from 'vitest';
import { BenchError } from '../../src/errors.ts';
import { runProcess } from '../../src/suite/process.ts';

const node = process.execPath;

test('tells what a program printed and how it ended, and how long it took from spawn to close', async () => {
  const started = performance.now();
  const run = await runProcess(node, ['-e', 'console.log("out"); console.error("err")']);
  const around = (performance.now() - started) / 1000;
  expect(run).toMatchObject({ stdout: 'out\n', stderr: 'err\n', exitCode: 0 });
  expect(run.seconds).toBeGreaterThan(0);
  expect(run.seconds).toBeLessThanOrEqual(around);
});

test('waits for the last stream to close, not only for the process to end', async () => {
  const grandchild = 'setTimeout(() => console.log("late"), 300)';
  const script = `require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(grandchild)}], { stdio: ['ignore', 1, 2] }).unref()`;
  expect((await runProcess(node, ['-e', script])).stdout).toBe('late\n');
});

test('gives it its environment, folder and input', async () => {
  const script = 'process.stdin.pipe(process.stdout); console.error(process.env.A, process.env.PATH, process.cwd())';
  const run = await runProcess(node, ['-e', script], { env: { A: '1' }, cwd: '/', input: 'hello' });
  expect(run.stdout).toBe('hello');
  expect(run.stderr).toBe('1 undefined /\n');
});

test('takes only the exit codes that are named for a success', async () => {
  const failing = ['-e', 'console.error("first"); console.error("no such machine"); process.exitCode = 3'];
  const error = await runProcess(node, failing).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(BenchError);
  expect((error as BenchError).code).toBe('BENCH_PROCESS');
  expect((error as BenchError).message).toMatch(/ended with exit code 3: no such machine$/);
  expect((await runProcess(node, failing, { exitCodes: [0, 3] })).exitCode).toBe(3);
});

test('tells that a program cannot be started, and that one was killed', async () => {
  await expect(runProcess('/nonexistent/program')).rejects.toThrow(/^program cannot be run: .*ENOENT/);
  const killed = runProcess(node, ['-e', 'process.kill(process.pid, "SIGKILL")']);
  await expect(killed).rejects.toThrow(/was ended by SIGKILL$/);
});

test('ends the program when its signal is aborted', async () => {
  const abort = new AbortController();
  const running = runProcess(node, ['-e', 'setInterval(() => {}, 1000)'], { signal: abort.signal });
  abort.abort();
  await expect(running).rejects.toThrow(/abort/);
});
