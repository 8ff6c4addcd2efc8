import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { run } from '../src/cli.ts';
import { capturedIo, executable, runProcess } from './support/cli.ts';

const clock = { now: () => Date.now(), setTimeout: () => 0, clearTimeout: () => {} };

async function demo(...flags: string[]): Promise<{ exitCode: number; stdout: string; stderr: string }> {
  const io = capturedIo({ PATH: process.env['PATH'], HOME: '/nonexistent' }, clock);
  const exitCode = await run(['demo', ...flags], io);
  return { exitCode, stdout: io.printed.stdout, stderr: io.printed.stderr };
}

/** Calls, hand-shakes and exit code of each command, as the tour tells them. */
function counts(stdout: string): number[][] {
  const told = stdout.matchAll(/^→ [^,]+, (\d+) calls?(?:, (\d+) hand-shakes?)?(?:, exit code (\d+))?$/gm);
  return [...told].map(([, ...numbers]) => numbers.map((number) => Number(number ?? 0)));
}

test('the tour: listings, commands on machines, a dead one, changes, Azure gone; with times and counts', async () => {
  const home = mkdtempSync(join(tmpdir(), 'azfleet-demo-test-'));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  const { exitCode, stdout, stderr } = await runProcess(['demo'], {
    PATH: process.env['PATH'],
    HOME: home,
    TMPDIR: home,
  });
  expect(exitCode).toBe(0);
  expect(counts(stdout)).toEqual([
    [4, 0, 0], // list, nothing cached
    [0, 0, 0], // list, cached
    [0, 0, 0], // filters
    [4, 10, 0], // run: the host keys are new
    [0, 10, 0], // run --group
    [0, 10, 0], // w
    [0, 10, 0], // ps --top
    [4, expect.any(Number), 124], // run, a dead machine
    [4, 0, 0], // status --refresh
    [0, 0, 0], // list --offline
  ]);
  expect(stdout).toMatch(/^web-01: .* up .* load average: /m);
  expect(stdout).toMatch(/^web-\[01,03-05\].*\n─+\n6\.8\.0-1021-azure\n\nweb-02.*\n─+\n6\.8\.0-1017-azure$/m);
  expect(stdout).toMatch(/^NAME +USER +TTY +FROM +LOGIN@ +IDLE +WHAT$/m);
  expect(stdout).toMatch(/^# (\S+) dies: it still takes connections, and says nothing\.$/m);
  expect(stderr).toMatch(/ ok · 1 timed out · 2 skipped \(deallocated, stopped\)/);
  expect(stdout).toMatch(/Somebody deallocates (\S+) in the portal/);
  expect(stdout).toContain('(an empty Node process)');
  expect(stdout).toMatch(/az vm list -d makes up to 37 calls/);
  // Nothing of the user's was touched, and nothing is left.
  expect(existsSync(join(home, '.cache'))).toBe(false);
  expect(readdirSync(home)).toEqual([]);
});

test('the same tour on a larger fleet shows a part of it', async () => {
  const { exitCode, stdout, stderr } = await demo('--machines', '60');
  expect(exitCode).toBe(0);
  expect(stdout).toContain("$ azfleet list 'web-0*'");
  expect(stdout).toContain("$ azfleet run 'web-0*' --state running -- uptime");
  expect(stderr).toMatch(/\d+ of 60 machines/);
});

test('one machine is not killed, and too many have no SSH hosts', async () => {
  const one = await demo('--machines', '1');
  expect(one.exitCode).toBe(0);
  expect(one.stdout).toContain('azfleet w --all');
  expect(one.stdout).not.toContain(' dies: ');
  const many = await demo('--machines', '501');
  expect(many.exitCode).toBe(0);
  expect(many.stdout).not.toContain('azfleet w');
});

test('what the tour does not take is refused', async () => {
  expect(await demo('fast')).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("demo takes no 'fast'") });
  const none = await demo('--machines', '0');
  expect(none).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('is not a whole number from 1') });
});

test('Ctrl-C ends the tour, and leaves nothing behind', async () => {
  const home = mkdtempSync(join(tmpdir(), 'azfleet-demo-test-'));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  const env = { PATH: process.env['PATH'], HOME: home, TMPDIR: home };
  const child = spawn(process.execPath, [executable, 'demo'], { env });
  let stdout = '';
  await new Promise<void>((resolve) =>
    child.stdout.on('data', (text) => (stdout += String(text)).includes('$ azfleet') && resolve()),
  );
  child.kill('SIGINT');
  expect(await new Promise((resolve) => child.on('close', resolve))).toBe(130);
  expect(readdirSync(home)).toEqual([]);
});
