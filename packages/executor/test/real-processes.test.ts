import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { Executor } from '../src/index.ts';
import { collect, numbers, statuses } from './support.ts';

const run = promisify(execFile);

test('real processes: their output, their exit codes, no more at once than the bound', async () => {
  const executor = new Executor();
  let most = 0;
  const results = await collect(
    executor.map(
      numbers(12),
      async (item, { signal }) => {
        most = Math.max(most, executor.inFlight);
        const { stdout } = await run(
          process.execPath,
          ['-e', `console.log(${item} ** 2); process.exit(${item === 5 ? 3 : 0})`],
          { signal },
        );
        return Number(stdout);
      },
      { laneConcurrency: 3, order: 'input' },
    ),
  );
  expect(results.map(({ value }) => value)).toEqual(numbers(12).map((item) => (item === 5 ? undefined : item ** 2)));
  expect(results[5]).toMatchObject({ status: 'failed', error: { code: 3 } });
  expect(most).toBe(3);
});

test('halt now kills those that run, and waits until they are gone', async () => {
  const executor = new Executor();
  const pids: number[] = [];
  const results = await collect(
    executor.map(
      numbers(10),
      async (item, { signal }) => {
        const script = item === 2 ? 'process.exit(1)' : 'setInterval(() => {}, 1000)';
        const running = run(process.execPath, ['-e', script], { signal });
        if (item !== 2) pids.push(running.child.pid as number);
        const exited = new Promise((resolve) => running.child.once('exit', resolve));
        try {
          await running;
        } finally {
          await exited;
        }
      },
      { laneConcurrency: 4, halt: { when: 'now', fail: 1 } },
    ),
  );
  expect(statuses(results)).toEqual({ failed: 1, aborted: 3, skipped: 6 });
  expect(pids).toHaveLength(3);
  for (const pid of pids) expect(() => process.kill(pid, 0)).toThrow('ESRCH');
});
