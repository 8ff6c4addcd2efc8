import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { executable, testFleet } from './support/cli.ts';

// What a warm listing must not load: each costs milliseconds or megabytes.
const HEAVY = new Set([
  'crypto',
  'tls',
  'https',
  'http',
  'net',
  'dns',
  'child_process',
  'worker_threads',
  'zlib',
  'http2',
]);

test('a warm list loads one bundle and no heavy module of Node', async () => {
  const fleet = await testFleet({ machines: 50 });
  // The second one finds the configuration file old enough to keep what it was compiled to.
  for (let times = 0; times < 2; times += 1) await fleet.process(['list']);
  const probe = join(fleet.sandbox.directory, 'probe.cjs');
  const report = join(fleet.sandbox.directory, 'loaded.json');
  writeFileSync(
    probe,
    `const atStart = new Set(process.moduleLoadList);
     process.on('exit', () => {
       const builtins = process.moduleLoadList.filter((name) => !atStart.has(name)).map((name) => name.split(' ')[1]);
       const files = Object.keys(require.cache).filter((file) => file !== __filename);
       require('node:fs').writeFileSync(${JSON.stringify(report)}, JSON.stringify({ builtins, files }));
     });`,
  );
  const stdout = execFileSync(process.execPath, ['--require', probe, executable, 'list'], {
    env: fleet.env,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  expect(stdout.split('\n')).toHaveLength(52);
  const { builtins, files } = JSON.parse(readFileSync(report, 'utf8'));
  expect(files).toEqual([executable]);
  expect(builtins.filter((name: string) => HEAVY.has(name))).toEqual([]);
});
