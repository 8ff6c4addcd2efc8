import { rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bench, resultIn } from '../support/bench.ts';
import { checkout } from '../support/checkouts.ts';
import { counting, folder, suiteText } from '../support/folder.ts';

/** A suite that prints what it has found. */
function printing(prelude: string, value: string): string {
  return suiteText(`{ name: 'c', rounds: 6, sides: [${counting}] }`, `${prelude}\nconsole.log(${value});`);
}

async function printed(prelude: string, value: string): Promise<string[]> {
  const base = checkout('base');
  const fresh = checkout('new', { 'benchmarks/s.bench.js': printing(prelude, value) });
  const { exitCode, stderr } = await bench(fresh, 'run', '--base', base);
  expect(exitCode).toBe(0);
  return stderr
    .split('\n')
    .filter((line) => /^s(?:\.base)?: /.test(line) && !line.includes(' rounds in '))
    .map((line) => line.replace(fresh, 'NEW').replace(base, 'BASE'));
}

test('a package is that of each build, with what it imports itself', async () => {
  const prelude = `import { thing } from '@x/thing'; import { sub } from '@x/thing/sub';`;
  expect(await printed(prelude, 'thing, sub')).toEqual(['s: newnew new', 's.base: basebase base']);
});

test('a file outside the suites’ folder is that of each build', async () => {
  const prelude = `import { helper } from '../helper.js'; const later = (await import('../helper.js')).helper;`;
  expect(await printed(prelude, 'helper, later')).toEqual(['s: new new', 's.base: base base']);
});

test('a package’s path is that of each build, for import.meta.resolve and for require.resolve', async () => {
  const prelude = `import { createRequire } from 'node:module';
    import { fileURLToPath } from 'node:url';
    const tool = createRequire(import.meta.url).resolve('tool/package.json');`;
  expect(await printed(prelude, 'tool')).toEqual([
    `s: ${join('NEW', 'apps/tool/package.json')}`,
    `s.base: ${join('BASE', 'apps/tool/package.json')}`,
  ]);
  expect(await printed(prelude, `fileURLToPath(import.meta.resolve('@x/thing'))`)).toEqual([
    `s: ${join('NEW', 'packages/thing/dist/index.js')}`,
    `s.base: ${join('BASE', 'packages/thing/dist/index.js')}`,
  ]);
});

test('the suites, and the files beside them, are the same for both', async () => {
  const base = checkout('base', { 'benchmarks/support/near.js': `export const near = 'base';` });
  const fresh = checkout('new', {
    'benchmarks/support/near.js': `export const near = 'new';`,
    'benchmarks/s.bench.js': printing(`import { near } from './support/near.js';`, 'near'),
  });
  const { stderr } = await bench(fresh, 'run', '--base', base);
  expect(stderr).toContain('s: new\ns.base: new\n');
});

test('a base inside the checkout, as CI makes it, is base all the same', async () => {
  const fresh = checkout('new', {
    'benchmarks/s.bench.js': printing(
      `import { helper } from '../helper.js'; import { sub } from '@x/thing/sub';`,
      'helper, sub',
    ),
    '.base/package.json': '{ "name": "root", "type": "module" }',
    '.base/helper.js': `export const helper = 'base';`,
    '.base/packages/thing/package.json': '{ "name": "@x/thing", "type": "module", "exports": { "./sub": "./sub.js" } }',
    '.base/packages/thing/sub.js': `export const sub = 'base';`,
  });
  const { stderr } = await bench(fresh, 'run', '--base', '.base');
  expect(stderr).toContain('s: new new\ns.base: base base\n');
});

test('suites that come in a package measure the base too', async () => {
  const suite = printing(`import { sub } from '@x/thing/sub';`, 'sub');
  const fresh = checkout('new', { 'node_modules/suites/s.bench.mjs': suite });
  symlinkSync(join(fresh, 'benchmarks/node_modules/@x'), join(fresh, 'node_modules/@x'), 'junction');
  const { stderr } = await bench(fresh, 'run', '--suites', 'node_modules/suites', '--base', checkout('base'));
  expect(stderr).toContain('s: new\ns.base: base\n');
});

test('two files of one run are written, with rounds of the same number', async () => {
  const fresh = checkout('new', { 'benchmarks/s.bench.js': printing(`import '@x/thing';`, '1') });
  const { stdout } = await bench(fresh, 'run', '--base', checkout('base'), '--output', 'out/new.json');
  const [one, other] = [resultIn(fresh, 'out/new.json'), resultIn(fresh, 'out/new.base.json')];
  expect(one.run).toBe(other.run);
  expect([one.build.name, other.build.name]).toEqual(['new', 'base']);
  expect([one, other].map(({ environment }) => environment.versions['tool'])).toEqual(['1.0.0-new', '1.0.0-base']);
  expect(one.benchmarks[0]!.rounds).toEqual(other.benchmarks[0]!.rounds);
  expect(stdout).toMatch(/new\/base/);
});

test('what base does not have fails there alone: the new build is measured, and the run is well', async () => {
  const fresh = checkout('new', {
    'benchmarks/s.bench.js': printing(`import { recent } from '../recent.js';`, 'recent'),
    'recent.js': 'export const recent = 1;',
  });
  const base = checkout('base');
  const { exitCode, stderr } = await bench(fresh, 'run', '--base', base, '--output', 'r.json');
  expect(exitCode).toBe(0);
  expect(stderr).toContain(
    `s.base failed: ${join(base, 'recent.js')} is not there: it is new, or the base is not built`,
  );
  expect(resultIn(fresh, 'r.json')).toMatchObject({ complete: true, suites: [{ status: 'done' }] });
  expect(resultIn(fresh, 'r.base.json')).toMatchObject({
    complete: false,
    suites: [{ status: 'failed' }],
    benchmarks: [],
  });
});

test('a base that is not there, is no checkout, or is not built is refused in one line', async () => {
  const fresh = checkout('new', { 'benchmarks/s.bench.js': printing('', '1') });
  const base = checkout('base');
  rmSync(join(base, 'packages/thing/dist'), { recursive: true });
  const refused = async (directory: string): Promise<string> => {
    const { exitCode, stdout, stderr } = await bench(fresh, 'run', '--base', directory);
    expect({ exitCode, stdout, lines: stderr.split('\n').length }).toEqual({ exitCode: 2, stdout: '', lines: 2 });
    return stderr.trim();
  };
  expect(await refused('nowhere')).toMatch(/^azfleet-bench: nowhere is not there; make it with 'git worktree add'/);
  expect(await refused(folder())).toMatch(/is not a checkout: it has no package.json with a name$/);
  const missing = join(base, 'packages/thing/dist/index.js');
  expect(await refused(base)).toBe(
    `azfleet-bench: the base is not built: ${missing} is not there; install and build it first`,
  );
});
