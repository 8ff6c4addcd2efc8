import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { run } from '../../src/cli.ts';
import { collectedIo } from '../support/collected-io.ts';
import { smallHistory, smallRun } from '../support/fleet-results.ts';
import { folder as emptyFolder } from '../support/folder.ts';
import { resultInFolder } from '../support/report-file.ts';

async function report(folder: string, ...words: string[]) {
  const io = collectedIo(folder);
  const code = await run(['report', ...words], io);
  return { code, stdout: io.stdout.text, stderr: io.stderr.text };
}

test('writes one file, names it on stdout, and says on stderr what is in it', async () => {
  const folder = emptyFolder();
  const { now, base } = smallRun();
  await resultInFolder(folder, 'new.json', now);
  await resultInFolder(folder, 'old.json', base);
  await mkdir(join(folder, 'results'));
  await Promise.all(smallHistory().map((one, index) => resultInFolder(join(folder, 'results'), `${index}.json`, one)));
  const made = await report(
    folder,
    'new.json',
    '--base',
    'old.json',
    '--history',
    'results',
    '--output',
    'out/page.html',
  );
  expect(made).toEqual({ code: 0, stdout: 'out/page.html\n', stderr: '4 benchmarks against base, 5 runs\n' });
  expect(await readFile(join(folder, 'out/page.html'), 'utf8')).toMatch(/^<!doctype html>[^]*<\/html>\n$/);
});

test('report.html in the current folder, where nothing else is said', async () => {
  const folder = emptyFolder();
  await resultInFolder(folder, 'new.json', smallRun().now);
  expect(await report(folder, 'new.json')).toEqual({ code: 0, stdout: 'report.html\n', stderr: '4 benchmarks\n' });
  expect((await stat(join(folder, 'report.html'))).size).toBeGreaterThan(100_000);
});

test('a broken, an older, and a missing file: one line, exit code 2, no report', async () => {
  const folder = emptyFolder();
  await writeFile(join(folder, 'broken.json'), '{ "schemaVersion": 1, ');
  await writeFile(join(folder, 'older.json'), '{ "schemaVersion": 0 }');
  for (const [file, says] of [
    ['broken.json', /broken\.json ends in the middle/],
    ['older.json', /older\.json was written by an older azfleet-bench/],
    ['gone.json', /gone\.json is not there/],
  ] as const) {
    const { code, stdout, stderr } = await report(folder, file);
    expect({ code, stdout, lines: stderr.trimEnd().split('\n').length }).toEqual({ code: 2, stdout: '', lines: 1 });
    expect(stderr).toMatch(says);
  }
  await expect(stat(join(folder, 'report.html'))).rejects.toMatchObject({ code: 'ENOENT' });
});

test('no file is a usage error', async () => {
  expect(await report(emptyFolder())).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('report needs a result file'),
  });
});

test('where a file is in the way of the folder: one line, exit code 1', async () => {
  const folder = emptyFolder();
  await resultInFolder(folder, 'new.json', smallRun().now);
  expect(await report(folder, 'new.json', '-o', 'new.json/report.html')).toMatchObject({
    code: 1,
    stdout: '',
    stderr: expect.stringContaining('report.html cannot be written'),
  });
});
