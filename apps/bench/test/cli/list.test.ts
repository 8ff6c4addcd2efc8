import { expect, test } from 'vitest';
import { bench } from '../support/bench.ts';
import { folder } from '../support/folder.ts';

const about = (text: string, live: boolean): string =>
  `import { suite } from '@azfleet/bench'; export default suite({ about: ${JSON.stringify(text)}, live: ${live}, open: () => ({ comparisons: [] }) });`;

test('every suite with what it is about, and which can be run with --live', async () => {
  const cwd = folder({
    'benchmarks/cache.bench.mjs': about('get and set', false),
    'benchmarks/start-up.bench.mjs': about('time\u001b[2J', true),
  });
  const { exitCode, stdout, stderr } = await bench(cwd, 'list');
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(stdout).toBe('cache           get and set\nstart-up  live  time\\e[2J\n');
});

test('as JSON', async () => {
  const cwd = folder({ 'benchmarks/cache.bench.mjs': about('get and set', false) });
  const { stdout } = await bench(cwd, 'list', '--json');
  expect(JSON.parse(stdout)).toEqual({
    directory: `${cwd}/benchmarks`,
    suites: [
      { name: 'cache', file: `${cwd}/benchmarks/cache.bench.mjs`, about: 'get and set', live: false, error: null },
    ],
  });
});

test('one that cannot be loaded is listed with the reason, and the exit code is 1', async () => {
  const cwd = folder({
    'benchmarks/a.bench.mjs': 'throw new Error("no licence");',
    'benchmarks/b.bench.mjs': about('fine', false),
  });
  expect(await bench(cwd, 'list')).toEqual({ exitCode: 1, stdout: 'a  no licence\nb  fine\n', stderr: '' });
  expect((await bench(cwd, 'list', 'b')).exitCode).toBe(0);
});
