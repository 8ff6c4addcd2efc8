import { expect, test } from 'vitest';
import type { ResultFile } from '../../src/result/result.ts';
import type { Limits } from '../../src/runner/plan.ts';
import { Run } from '../../src/runner/run.ts';
import { findSuites } from '../../src/suite/find-suites.ts';
import { counting, folder, suiteText } from '../support/folder.ts';

const patient: Limits = { answerMs: 60_000, closeMs: 60_000 };

/** Runs the suites of a folder with limits that a test can wait for. */
async function runWith(cwd: string, limits: Partial<Limits>): Promise<{ file: ResultFile; notes: string[] }> {
  const notes: string[] = [];
  const running = new Run(
    {
      suites: findSuites(cwd).suites,
      builds: [{ build: { name: 'new', commit: null }, redirection: {} }],
      live: false,
      env: process.env,
      cwd,
      signal: new AbortController().signal,
      limits: { ...patient, ...limits },
    },
    { progress() {}, measured() {}, note: (line) => notes.push(line) },
  );
  await running.measure();
  return { file: running.files()[0]!, notes };
}

test('a suite that hangs while it closes is ended; what it measured is kept', async () => {
  const text = suiteText(`{ name: 'c', rounds: 2, sides: [${counting}] }`).replace(
    '] })',
    '], close: () => new Promise(() => setInterval(() => {}, 1000)) })',
  );
  const { file, notes } = await runWith(folder({ 'benchmarks/s.bench.mjs': text }), { closeMs: 10_000 });
  expect(notes).toEqual(["s failed: not closed: no answer to 'close' within 10 s"]);
  expect(file.complete).toBe(false);
  expect(file.benchmarks.map(({ benchmark }) => benchmark)).toEqual(['s/c/counting']);
});

test('a suite that never answers is ended, also where it does not let go of the processor; the next one runs', async () => {
  const cwd = folder({
    'benchmarks/a.bench.mjs': suiteText(`{ name: 'c', sides: [{ name: 'stuck', whole() { for (;;); } }] }`),
    'benchmarks/b.bench.mjs': suiteText(`{ name: 'c', rounds: 2, sides: [${counting}] }`),
  });
  const { file, notes } = await runWith(cwd, { answerMs: 20_000 });
  expect(notes).toEqual(["a failed: no answer to 'warmUp' within 20 s"]);
  expect(file.benchmarks.map(({ benchmark }) => benchmark)).toEqual(['b/c/counting']);
});
