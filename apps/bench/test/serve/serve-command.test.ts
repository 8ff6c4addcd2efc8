import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { run } from '../../src/cli.ts';
import type { LiveView, ReportView } from '../../src/report/view.ts';
import { resultIn } from '../support/bench.ts';
import { collectedIo } from '../support/collected-io.ts';
import { eventsOf } from '../support/event-stream.ts';
import { folder } from '../support/folder.ts';
import { gatedSuite } from '../support/gated-suite.ts';

const PATIENTLY = { timeout: 30_000 };

function serve(cwd: string, ...words: string[]) {
  const io = collectedIo(cwd, process.env);
  const exitCode = run(['serve', ...words], io);
  const url = async (): Promise<string> => {
    await expect.poll(() => io.stdout.text, PATIENTLY).toMatch(/^http:.*\n$/);
    return io.stdout.text.trim();
  };
  return { io, exitCode, url };
}

async function nextThat(
  events: ReturnType<typeof eventsOf>,
  fits: (name: string, data: unknown) => boolean,
): Promise<unknown> {
  for (;;) {
    const event = await events.next();
    if (event === undefined) throw new Error('the stream has ended');
    if (fits(event.name, event.data)) return event.data;
  }
}

const hasFirst = (name: string, data: unknown): boolean =>
  name === 'report' && ((data as ReportView | null)?.benchmarks.length ?? 0) >= 2;
const hasEnded = (name: string, data: unknown): boolean => name === 'live' && (data as LiveView).state !== 'running';

test('what is measured is told while the rest is not, then the end; Ctrl-C ends it', async () => {
  const { cwd, open } = gatedSuite();
  const { io, exitCode, url } = serve(cwd, '--', '--output', 'new.json');
  const events = eventsOf(await url());
  const sofar = (await nextThat(events, hasFirst)) as ReportView;
  expect(sofar.trust.map(({ text }) => text)).toContainEqual(expect.stringMatching(/^The run goes on/));
  expect(sofar.benchmarks.slice(0, 2).map(({ benchmark }) => benchmark)).toEqual([
    'sums/first/ours',
    'sums/first/theirs',
  ]);
  open();
  expect(await nextThat(events, hasEnded)).toEqual({ state: 'finished', text: 'Done: 3 benchmarks', share: 1 });
  // Who comes later is told the same.
  const late = eventsOf(await url());
  expect(((await late.next())!.data as ReportView).benchmarks).toHaveLength(3);
  expect((await late.next())!.data).toMatchObject({ state: 'finished' });
  io.interrupt();
  expect(await exitCode).toBe(0);
  expect(io.stderr.text).toContain('Ctrl-C ends this');
  expect(resultIn(cwd, 'new.json').complete).toBe(true);
  expect(await late.next()).toBeUndefined();
});

test('Ctrl-C during the run ends both and keeps what is measured', async () => {
  const { cwd } = gatedSuite();
  const { io, exitCode, url } = serve(cwd, '--', '--output', 'new.json');
  const events = eventsOf(await url());
  await nextThat(events, hasFirst);
  io.interrupt();
  expect(await nextThat(events, hasEnded)).toEqual({
    state: 'interrupted',
    text: 'Interrupted: 2 benchmarks kept',
    share: null,
  });
  expect(await exitCode).toBe(130);
  expect(resultIn(cwd, 'new.json')).toMatchObject({
    complete: false,
    benchmarks: [{ side: 'ours' }, { side: 'theirs' }],
  });
  await expect(fetch(await url())).rejects.toThrow('fetch failed');
});

test('a suite that fails is told on the page, and in the exit code', async () => {
  const cwd = folder({ 'package.json': '{}', 'benchmarks/bad.bench.mjs': "throw new Error('out of paper');" });
  const { io, exitCode, url } = serve(cwd);
  const events = eventsOf(await url());
  const report = (await nextThat(
    events,
    (name, data) => name === 'report' && data !== null && (data as ReportView).trust.some(({ kind }) => kind === 'bad'),
  )) as ReportView;
  expect(report.trust[0]?.text).toMatch(/^bad failed: .*out of paper/);
  expect(await nextThat(events, hasEnded)).toEqual({
    state: 'failed',
    text: 'Ended with failures: 0 benchmarks measured',
    share: null,
  });
  io.interrupt();
  expect(await exitCode).toBe(1);
});

test('arguments of run are checked as run does, before anything is served', async () => {
  const { cwd } = gatedSuite();
  const io = collectedIo(cwd, process.env);
  expect(await run(['serve', '--', '--roundz', '3'], io)).toBe(2);
  expect(await run(['serve', '--', '--json'], io)).toBe(2);
  expect(await run(['serve', '--port', '70000'], io)).toBe(2);
  expect(io.stdout.text).toBe('');
  expect(io.stderr.text).toMatch(/unknown flag --roundz.*--rounds.*\n.*its page.*\n.*--port '70000'/);
});

test('a suite that is not there ends it with exit code 2', async () => {
  const { cwd } = gatedSuite();
  const io = collectedIo(cwd, process.env);
  expect(await run(['serve', '--', 'nothing-like-it'], io)).toBe(2);
  expect(existsSync(join(cwd, 'new.json'))).toBe(false);
});
