import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bench } from '../support/bench.ts';
import { folder, suiteText } from '../support/folder.ts';

const node = (name: string): string =>
  `{ name: '${name}', whole: () => runProcess(process.execPath, ['-e', 'for (let i = 0; i < 1e7; i += 1);']) }`;
const suite = suiteText(
  `{ name: 'c', rounds: 2, sides: [${node('node')}, { name: 'twice', whole: async () => { await ${node('x')}.whole(); return await ${node('x')}.whole(); } }] },
   { name: 'd', rounds: 2, sides: [{ name: 'sum', operation: () => [1, 2, 3].map(String) }] }`,
);

test('a profile of the suite’s process and of each process that its sides start, which DevTools can open', async () => {
  const cwd = folder({ 'benchmarks/s.bench.mjs': suite });
  const { exitCode, stderr } = await bench(cwd, 'run', '--cpu-prof', '--heap-prof', '--prof-dir', 'out');
  expect(exitCode).toBe(0);
  expect(readdirSync(join(cwd, 'out'))).toEqual(
    ['s', 's.c.node', 's.c.twice.2', 's.c.twice']
      .flatMap((name) => [`${name}.cpuprofile`, `${name}.heapprofile`])
      .toSorted(),
  );
  const profiles = (ending: string): Record<string, unknown>[] =>
    readdirSync(join(cwd, 'out'))
      .filter((name) => name.endsWith(ending))
      .map((name) => JSON.parse(readFileSync(join(cwd, 'out', name), 'utf8')) as Record<string, unknown>);
  for (const profile of profiles('.cpuprofile')) {
    expect(profile).toMatchObject({
      nodes: expect.any(Array),
      samples: expect.any(Array),
      timeDeltas: expect.any(Array),
    });
    expect((profile['samples'] as unknown[]).length).toBeGreaterThan(0);
  }
  for (const profile of profiles('.heapprofile')) {
    expect(profile).toMatchObject({ head: { callFrame: {}, children: expect.any(Array) }, samples: expect.any(Array) });
  }
  expect(stderr).toContain('profiles are in out');
});

test('profiles of a base have its name', async () => {
  const base = folder({ 'package.json': '{ "name": "root" }' });
  const cwd = folder({
    'package.json': '{ "name": "root" }',
    'benchmarks/s.bench.mjs': suiteText(`{ name: 'c', rounds: 1, sides: [${node('node')}] }`),
  });
  await bench(cwd, 'run', '--base', base, '--cpu-prof');
  expect(readdirSync(join(cwd, 'profiles'))).toEqual([
    's.base.cpuprofile',
    's.c.node.base.cpuprofile',
    's.c.node.cpuprofile',
    's.cpuprofile',
  ]);
});

test('--prof-dir without a profile is refused', async () => {
  const cwd = folder({ 'benchmarks/s.bench.mjs': suite });
  expect(await bench(cwd, 'run', '--prof-dir', 'out')).toEqual({
    exitCode: 2,
    stdout: '',
    stderr: 'azfleet-bench: --prof-dir is for profiles; add --cpu-prof or --heap-prof\n',
  });
});
