import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readInputs } from '../../src/report/inputs.ts';
import { folder as emptyFolder } from '../support/folder.ts';
import { resultInFolder } from '../support/report-file.ts';
import { resultFile } from '../support/result-files.ts';

const benchmarks = [{ name: 'sums/small/ours', seconds: 0.01 }];

function made(run: string, day: number, name = 'new') {
  return resultFile(benchmarks, { run, startedAt: `2026-03-0${day}T10:00:00.000Z`, build: { name, commit: null } });
}

const quiet = (): void => {};

test('the newest file is reported, the others are its history', async () => {
  const folder = emptyFolder();
  const files = await Promise.all(
    [2, 3, 1].map((day) => resultInFolder(folder, `${day}.json`, made(`run-${day}`, day))),
  );
  const { now, base, history } = await readInputs({ files, history: [], notice: quiet });
  expect(now.run).toBe('run-3');
  expect(base).toBeUndefined();
  expect(history!.map(({ run }) => run)).toEqual(['run-2', 'run-1']);
});

test('two builds of one run: the base is the base, whichever comes first', async () => {
  const folder = emptyFolder();
  const now = await resultInFolder(folder, 'a.json', made('run-1', 1));
  const base = await resultInFolder(folder, 'b.json', made('run-1', 1, 'base'));
  for (const files of [
    [now, base],
    [base, now],
  ]) {
    const input = await readInputs({ files, history: [], notice: quiet });
    expect(input.now.build.name).toBe('new');
    expect(input.base?.build.name).toBe('base');
    expect(input.history).toEqual([]);
  }
});

test('the base that a run has written beside is found by itself', async () => {
  const folder = emptyFolder();
  const file = await resultInFolder(folder, 'new.json', made('run-1', 1));
  await resultInFolder(folder, 'new.base.json', made('run-1', 1, 'base'));
  expect((await readInputs({ files: [file], history: [], notice: quiet })).base?.build.name).toBe('base');
});

test('a base beside that is of another run is left alone', async () => {
  const folder = emptyFolder();
  const file = await resultInFolder(folder, 'new.json', made('run-2', 2));
  await resultInFolder(folder, 'new.base.json', made('run-1', 1, 'base'));
  expect((await readInputs({ files: [file], history: [], notice: quiet })).base).toBeUndefined();
});

test('a base that is named stands before the one beside', async () => {
  const folder = emptyFolder();
  const file = await resultInFolder(folder, 'new.json', made('run-2', 2));
  await resultInFolder(folder, 'new.base.json', made('run-2', 2, 'base'));
  const base = await resultInFolder(folder, 'old.json', made('run-1', 1));
  expect((await readInputs({ files: [file], base, history: [], notice: quiet })).base?.run).toBe('run-1');
});

test('a folder of history: new builds of each run once; what is no result is told and left out', async () => {
  const folder = emptyFolder();
  const history = join(folder, 'results');
  await mkdir(history);
  await resultInFolder(history, '1.json', made('run-1', 1));
  await resultInFolder(history, '1-again.json', made('run-1', 1));
  await resultInFolder(history, '1.base.json', made('run-1', 1, 'base'));
  await resultInFolder(history, '2.json', made('run-2', 2));
  await writeFile(join(history, 'package.json'), '{ "name": "other" }');
  await writeFile(join(history, 'notes.txt'), 'not looked at');
  const file = await resultInFolder(folder, 'new.json', made('run-3', 3));
  const notices: string[] = [];
  const input = await readInputs({ files: [file], history: [history], notice: (line) => notices.push(line) });
  expect(input.history!.map(({ run }) => run)).toEqual(['run-1', 'run-2']);
  expect(notices).toEqual([expect.stringMatching(/^left out of the history: .*package\.json is not a result/)]);
});

test('a file of history that was named is not left out: it is an error', async () => {
  const folder = emptyFolder();
  const file = await resultInFolder(folder, 'new.json', made('run-3', 3));
  await expect(readInputs({ files: [file], history: [join(folder, 'gone.json')], notice: quiet })).rejects.toThrow(
    /gone\.json is not there/,
  );
});

test('no file at all', async () => {
  await expect(readInputs({ files: [], history: [], notice: quiet })).rejects.toMatchObject({ code: 'BENCH_USAGE' });
});
