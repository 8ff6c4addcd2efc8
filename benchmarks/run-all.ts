// Runs every suite beside this file, one after another, each in a process of its own.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const wanted = process.argv.slice(2);
const suites = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith('.bench.ts'))
  .filter((file) => wanted.length === 0 || wanted.includes(file.replace('.bench.ts', '')));
if (suites.length === 0) {
  console.error(`no suite is called ${wanted.join(' or ')}`);
  process.exitCode = 2;
}
for (const suite of suites) {
  console.log(`\n== ${suite.replace('.bench.ts', '')}`);
  // Node 22 needs the flag to run TypeScript, later ones do not mind it.
  const { status } = spawnSync(
    process.execPath,
    ['--experimental-strip-types', '--no-warnings', join(import.meta.dirname, suite)],
    {
      stdio: 'inherit',
    },
  );
  if (status !== 0) process.exitCode = 1;
}
