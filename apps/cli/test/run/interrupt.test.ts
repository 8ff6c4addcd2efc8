import { spawn } from 'node:child_process';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { executable } from '../support/cli.ts';
import { abortWhen } from '../support/abort-when.ts';
import { fleetOfMachines } from '../support/machines.ts';

test('once: what runs is ended, nothing more is started, what there is is printed, and the exit code is 130', async () => {
  const { azfleet, sim, env } = await fleetOfMachines(6);
  const interrupt = abortWhen(() => (sim.stats().ssh?.commands ?? 0) >= 2);
  const args = ['run', '--all', '--width', '2', '-o', 'json', '--', 'echo begun; sleep 600'];
  const { exitCode, stdout, stderr } = await azfleet(args, { interrupt });
  expect(exitCode).toBe(130);
  const { machines, summary } = JSON.parse(stdout);
  expect(summary).toMatchObject({ ok: 0, aborted: 2, skipped: 4 });
  const told = machines.map(({ status, reason, error }: never) => [
    status,
    reason,
    (error as { code: string } | null)?.code,
  ]);
  expect(told.toSorted()).toEqual([
    ...Array.from({ length: 2 }, () => ['aborted', null, 'ABORTED']),
    ...Array.from({ length: 4 }, () => ['skipped', 'interrupted', undefined]),
  ]);
  expect(stderr).toMatch(
    /^vm-\[01-02\]: interrupted while it was under way\. The command may have run: look before you repeat it\.$/m,
  );
  expect(stderr).toMatch(/^0 ok · 2 aborted · 4 skipped \(interrupted\) · /m);
  // All six are still due.
  expect(JSON.parse(readFileSync(join(env['AZFLEET_STATE_DIR']!, 'last-run-sim.json'), 'utf8')).failed).toHaveLength(6);
});

test('one machine: 130', async () => {
  const { azfleet, sim } = await fleetOfMachines(1);
  const interrupt = abortWhen(() => sim.stats().ssh?.commands === 1);
  const { exitCode } = await azfleet(['run', 'vm-01', '--', 'sleep 600'], { interrupt });
  expect(exitCode).toBe(130);
});

test('while machines are being connected to, and while Azure is asked again', async () => {
  const { azfleet, ssh, sim } = await fleetOfMachines(2);
  await azfleet(['run', '--all', '--', 'true']);
  ssh.inject('vm-01', 'refuse');
  const repair = sim.inject({ kind: 'vm-list', hang: true });
  onTestFinished(repair);
  const before = sim.stats().arm;
  const { exitCode } = await azfleet(['run', '--all', '--', 'true'], {
    interrupt: abortWhen(() => sim.stats().arm > before),
  });
  expect(exitCode).toBe(130);
  ssh.inject('vm-01', 'silent');
  let connecting = 0;
  const count = (): void => void (connecting += 1);
  subscribe('azfleet:ssh-pool:connecting', count);
  onTestFinished(() => void unsubscribe('azfleet:ssh-pool:connecting', count));
  const silent = await azfleet(['run', '--all', '--', 'true'], { interrupt: abortWhen(() => connecting === 2) });
  expect(silent.exitCode).toBe(130);
});

test('twice ends it at once, also while nobody reads what it writes', async () => {
  const { env, sim } = await fleetOfMachines(2);
  const child = spawn(process.execPath, [executable, 'run', 'vm-*', '--', 'head -c 50000000 /dev/zero'], {
    env,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const exited = once(child, 'exit');
  while ((sim.stats().ssh?.commands ?? 0) < 2) await new Promise((resolve) => setImmediate(resolve));
  await once(child.stdout, 'readable'); // and never read
  child.kill('SIGINT');
  // The first one is seen by the time the summary would be due; the second may come at any time after it.
  const again = setInterval(() => child.kill('SIGINT'), 50);
  const [code, signal] = await exited;
  clearInterval(again);
  expect([code, signal]).toEqual([null, 'SIGINT']);
});
