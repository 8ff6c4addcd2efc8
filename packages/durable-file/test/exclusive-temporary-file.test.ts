import { lstatSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isTemporaryName, writeAtomic, writeAtomicSync } from '../src/index.ts';
import { nextTemporaryPath } from '../src/temporary-name.ts';
import { scratch } from './support/scratch.ts';

/** The names that the next writes will use, if the clock stands still for as long. */
function upcomingNames(directory: string, count: number): string[] {
  const [, pid, time, counter] = /\.(\w+)-(\w+)-(\w+)\./.exec(nextTemporaryPath(directory)) ?? [];
  return Array.from({ length: count }, (_, index) => {
    const next = (Number.parseInt(counter!, 36) + 1 + index).toString(36);
    return join(directory, `.${pid}-${time}-${next}.azf-tmp`);
  });
}

test('never writes through a link that waits under its temporary name', async () => {
  const directory = scratch();
  const victim = join(directory, 'victim');
  writeFileSync(victim, 'precious');
  // Time is part of the name; it is made to stand still, so that the trap is where the write goes first.
  const realNow = Date.now;
  const frozen = realNow();
  Date.now = () => frozen;
  try {
    for (const name of upcomingNames(directory, 2)) symlinkSync(victim, name);
    writeAtomicSync(join(directory, 'sync'), 'new');
    for (const name of upcomingNames(directory, 2)) symlinkSync(victim, name);
    await writeAtomic(join(directory, 'async'), 'new');
  } finally {
    Date.now = realNow;
  }
  expect(readFileSync(victim, 'utf8')).toBe('precious');
  expect(readFileSync(join(directory, 'sync'), 'utf8')).toBe('new');
  expect(readFileSync(join(directory, 'async'), 'utf8')).toBe('new');
  const left = readdirSync(directory).filter(isTemporaryName);
  expect(left.every((name) => lstatSync(join(directory, name)).isSymbolicLink())).toBe(true);
});

test('tells its temporary names from others', () => {
  expect(isTemporaryName(nextTemporaryPath('/x').slice('/x/'.length))).toBe(true);
  for (const name of ['.generation', 'a.json', '.a-b-c.tmp', 'a-b-c.azf-tmp'])
    expect(isTemporaryName(name)).toBe(false);
});
