import { once } from 'node:events';
import { readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'smol-toml';
import { expect, test } from 'vitest';
import { NamesFile } from '../src/index.ts';
import { ended, startChild } from './support/child-process.ts';
import { namesOptions } from './support/names.ts';
import { randomNumbers } from './support/random-toml.ts';
import { useTemporaryDirectory } from './support/temporary-directory.ts';

const directory = useTemporaryDirectory();

test('50 writers killed at random moments: the file holds one edit or the other, and never a part', async () => {
  const path = join(directory.path, 'tool.toml');
  const comment = '# kept by every edit\n';
  writeFileSync(path, `${comment}[counter]\nvalue = 0\npadding = "${'0'.repeat(4096)}"\n`);
  const random = randomNumbers(50);
  let last = 0;
  for (let round = 0; round < 50; round++) {
    const child = startChild('count-up.mjs', path, String(last + 1));
    if (child.stdout !== null) await once(child.stdout, 'data');
    setTimeout(() => child.kill('SIGKILL'), random(40));
    expect(await ended(child)).toBe('SIGKILL');
    const text = readFileSync(path, 'utf8');
    const { counter } = parse(text) as { counter: { value: number; padding: string } };
    expect(text.startsWith(comment)).toBe(true);
    expect(counter.padding).toBe(String(counter.value % 10).repeat(4096));
    expect(counter.value).toBeGreaterThan(last);
    last = counter.value;
  }
});

test('what killed writers left behind is swept by the next one, once it is old', async () => {
  const options = namesOptions(directory.path);
  const orphan = join(directory.path, '.a1-b2-c3.azf-tmp');
  const young = join(directory.path, '.a1-b2-c4.azf-tmp');
  for (const file of [orphan, young]) writeFileSync(file, 'x');
  utimesSync(orphan, Date.now() / 1000 - 3600, Date.now() / 1000 - 3600);
  await new NamesFile(options).set('a', '/a');
  expect(readdirSync(directory.path).toSorted()).toEqual(['.a1-b2-c4.azf-tmp', 'names.toml']);
});
