import { expect, test } from 'vitest';
import { environmentFacts } from '../../src/runner/environment.ts';
import { bench, resultIn } from '../support/bench.ts';
import { folder, suiteText } from '../support/folder.ts';

const suite = suiteText('').replace(
  'open: (context) => ({ comparisons: [] })',
  `async open({ peer }) {
    const [here, gone] = [await peer('peer-here'), await peer('peer-gone')];
    const side = (name, module) => module === undefined
      ? { name, missing: 'not installed (npm install ' + name + ')' }
      : { name, whole: async () => ({ seconds: module.seconds }) };
    return { comparisons: [{ name: 'c', rounds: 2, sides: [side('peer-here', here), side('peer-gone', gone)] }] };
  }`,
);
const peer = {
  'package.json':
    '{ "name": "peer-here", "version": "4.5.6", "type": "module", "exports": { "import": "./index.js" } }',
  'index.js': 'export const seconds = 7;',
};

test('a peer that is installed beside the suite is measured, with its version; another is named as missing', async () => {
  const cwd = folder({
    'benchmarks/s.bench.mjs': suite,
    'benchmarks/node_modules/peer-here/package.json': peer['package.json'],
    'benchmarks/node_modules/peer-here/index.js': peer['index.js'],
  });
  const { exitCode, stdout } = await bench(cwd, 'run', '--output', 'r.json');
  expect(exitCode).toBe(0);
  const { benchmarks, missing, environment } = resultIn(cwd, 'r.json');
  expect(benchmarks.map(({ benchmark, rounds }) => [benchmark, rounds])).toEqual([['s/c/peer-here', [7, 7]]]);
  expect(missing).toEqual([{ benchmark: 's/c/peer-gone', reason: 'not installed (npm install peer-gone)' }]);
  expect(environment.versions).toEqual({
    ...environmentFacts().versions,
    'peer-here': '4.5.6',
  });
  expect(stdout).toContain('peer-gone: not installed (npm install peer-gone)');
});

test('a peer is also found from the working directory, where the suites are elsewhere', async () => {
  const suites = folder({ 's.bench.mjs': suite });
  const cwd = folder({
    'node_modules/peer-here/package.json': peer['package.json'],
    'node_modules/peer-here/index.js': peer['index.js'],
  });
  await bench(cwd, 'run', '--suites', suites, '--output', 'r.json');
  expect(resultIn(cwd, 'r.json').missing.map(({ benchmark }) => benchmark)).toEqual(['s/c/peer-gone']);
});

test('a peer that is installed and broken fails the suite instead of going missing', async () => {
  const cwd = folder({
    'benchmarks/s.bench.mjs': suite,
    'benchmarks/node_modules/peer-here/package.json': peer['package.json'],
    'benchmarks/node_modules/peer-here/index.js': 'throw new Error("bad build")',
  });
  const { exitCode, stderr } = await bench(cwd, 'run');
  expect(exitCode).toBe(1);
  expect(stderr).toBe('s failed: bad build\n');
});

test('versions are those of the packages that the suites’ own package.json names', async () => {
  const cwd = folder({
    'benchmarks/package.json': '{ "devDependencies": { "peer-here": "*", "peer-gone": "*" } }',
    'benchmarks/s.bench.mjs': suiteText(
      `{ name: 'c', rounds: 1, sides: [{ name: 'a', whole: async () => ({ seconds: 1 }) }] }`,
    ),
    'node_modules/peer-here/package.json': peer['package.json'],
  });
  await bench(cwd, 'run', '--output', 'r.json');
  expect(resultIn(cwd, 'r.json').environment.versions).toEqual({
    ...environmentFacts().versions,
    'peer-here': '4.5.6',
  });
});
