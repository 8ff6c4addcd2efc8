import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { run } from '../src/cli.ts';
import { capturedIo, runProcess } from './support/cli.ts';

test('the tour: cold, warm, filters, a changed machine, Azure gone; with times and counted calls', async () => {
  const home = mkdtempSync(join(tmpdir(), 'azfleet-demo-test-'));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  const { exitCode, stdout } = await runProcess(['demo'], { PATH: process.env['PATH'], HOME: home, TMPDIR: home });
  expect(exitCode).toBe(0);
  const calls = [...stdout.matchAll(/^→ .*, (\d+) calls?$/gm)].map(([, count]) => Number(count));
  expect(calls).toEqual([4, 0, 0, 4, 0]);
  expect(stdout).toMatch(/Somebody deallocates (\S+) in the portal/);
  expect(stdout).toContain('(an empty Node process)');
  expect(stdout).toMatch(/az vm list -d makes up to 37 calls/);
  // Nothing of the user's was touched, and nothing is left.
  expect(existsSync(join(home, '.cache'))).toBe(false);
  expect(readdirSync(home)).toEqual([]);
});

test('the same tour on a larger fleet shows a part of it', async () => {
  const clock = { now: () => Date.now(), setTimeout: () => 0, clearTimeout: () => {} };
  const io = capturedIo({ PATH: process.env['PATH'], HOME: '/nonexistent' }, clock);
  expect(await run(['demo', '--machines', '60'], io)).toBe(0);
  expect(io.printed.stdout).toContain("$ azfleet list 'web-0*'");
  expect(io.printed.stderr).toMatch(/\d+ of 60 machines/);
});
