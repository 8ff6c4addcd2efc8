import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const run = promisify(execFile);

// Every limit is set far away: a timer that is left would keep the process alive for an hour.
const far = `{ signal: new AbortController().signal, deadlineMs: 3_600_000, timeouts: { connectMs: 'adaptive', runMs: 3_600_000 },
  lane: (item) => String(item % 3), retry: { retries: 3, baseMs: 3_600_000 } }`;
const forever = `(item, { signal }) => new Promise((_, reject) => {
  const timer = setTimeout(() => {}, 3_600_000);
  signal.addEventListener('abort', () => { clearTimeout(timer); reject(signal.reason); });
})`;
const read = (results: string): string => `for await (const _ of ${results});`;

const ends: Record<string, string> = {
  success: read(`executor.map(items, (item) => item, ${far})`),
  'halt soon, while others wait an hour to be repeated': read(
    `executor.map(items, (item) => { throw item }, { ...${far}, retry: { retries: 3, baseMs: 3_600_000, when: (e) => e !== 9 }, halt: { fail: 1 } })`,
  ),
  'halt now': read(
    `executor.map(items, (item, c) => { if (item === 9) throw 1; return (${forever})(item, c) },
      { ...${far}, retry: {}, halt: { when: 'now', fail: 1 } })`,
  ),
  abort: `const controller = new AbortController(); setTimeout(() => controller.abort(), 20);
    ${read(`executor.map(items, ${forever}, { ...${far}, signal: controller.signal })`)}`,
  deadline: read(`executor.map(items, ${forever}, { ...${far}, deadlineMs: 20 })`),
  break: `for await (const _ of executor.map(items, (item, c) => item === 9 ? 9 : (${forever})(item, c), ${far})) break;`,
  'an input that throws': `try { ${read(`executor.map((function* () { yield 1; throw 2 })(), (item) => item, ${far})`)} } catch (e) { if (e !== 2) throw e }`,
  'an abort while the lane is throttled for an hour': `const controller = new AbortController(); setTimeout(() => controller.abort(), 20);
    ${read(`executor.map(items, (_, c) => { c.throttled({ retryAfterMs: 3_600_000 }); throw 1 }, { ...${far}, signal: controller.signal })`)}`,
  'results that are never read': `executor.map(items, ${forever}, ${far});`,
  'a single call': `await executor.run('a', () => 1);`,
};

test.each(Object.entries(ends))('after %s the process ends by itself', async (_name, script) => {
  const program = `import { Executor } from '@azfleet/executor';
    const executor = new Executor();
    const items = [...Array(50).keys()];
    ${script}
    console.log('through', executor.inFlight, executor.queued);`;
  // Killed after 20 s: then this rejects.
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', program], {
    cwd: new URL('..', import.meta.url),
    timeout: 20_000,
  });
  expect(stdout.trim()).toBe('through 0 0');
});
