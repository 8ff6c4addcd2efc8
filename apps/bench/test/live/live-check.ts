// Shows on this machine, with the built program, that the gate is open for a build and itself, ten times, and closed for
// builds with a defect. What it says depends on time, so that it is no test: `pnpm --filter @azfleet/bench live-check`.
// With --record the runs are kept for the tests in test/recorded, to be formatted with oxfmt.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readResult } from '../../src/result/read-result.ts';
import { record } from '../support/recorded.ts';
import { copyBuild, type Defect, noCache, sleep } from '../support/broken-build.ts';

interface Trial {
  /** Under which it is recorded. */
  readonly name: string;
  readonly about: string;
  readonly defect?: Defect;
  readonly suite: string;
  readonly rounds: number;
  /** What the gate has to say; undefined: it has to be open. */
  readonly reason?: RegExp;
}

const trials: readonly Trial[] = [
  ...Array.from({ length: 10 }, (_, index): Trial => {
    const number = index + 1;
    return { name: `same-${number}`, about: `the same build, ${number} of 10`, suite: 'start-up', rounds: 100 };
  }),
  {
    name: 'sleep',
    about: 'a sleep of 10 ms at each start',
    defect: sleep,
    suite: 'start-up',
    rounds: 100,
    reason: /list-1000\/azfleet: slower by/,
  },
  {
    name: 'no-cache',
    about: 'nothing cached',
    defect: noCache,
    suite: 'start-up',
    rounds: 5,
    reason: /was to be answered from the cache/,
  },
];

const isRecording = process.argv.includes('--record');
const folder = mkdtempSync(join(tmpdir(), 'azfleet-live-check-'));
try {
  // Copies, so that what is built meanwhile is not measured.
  const base = join(folder, 'base');
  copyBuild(base);
  for (const trial of trials) await check(trial, base, join(folder, trial.name));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function check(
  { name, about, defect, suite, rounds, reason }: Trial,
  base: string,
  build: string,
): Promise<void> {
  copyBuild(build);
  defect?.(build);
  azfleetBench(build, 'run', suite, '--base', base, '--output', 'new.json', '--rounds', String(rounds));
  const { stdout, status } = azfleetBench(build, 'gate', 'new.base.json', 'new.json');
  const isRight = reason === undefined ? status === 0 : status === 1 && reason.test(stdout);
  console.log(`${isRight ? 'as it should be' : 'WRONG'}: ${about}`);
  console.log(stdout.replaceAll(/^(?=.)/gm, '  '));
  if (!isRight) process.exitCode = 1;
  if (isRecording) {
    record(name, {
      base: await readResult(join(build, 'new.base.json')),
      now: await readResult(join(build, 'new.json')),
    });
  }
  rmSync(build, { recursive: true });
}

/** Of the build with the defect, so that it is the new one. */
function azfleetBench(build: string, ...args: readonly string[]): { stdout: string; status: number | null } {
  return spawnSync(process.execPath, [join(build, 'apps/bench/dist/main.js'), ...args], {
    cwd: build,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}
