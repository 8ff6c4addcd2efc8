import { appendFileSync, readFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { configureSsh, fleetOfMachines } from '../support/machines.ts';
import { publicKeyOf, startSshd, withoutSshd } from '../support/sshd.ts';

/** Simulated machines behind an `sshd` that lets their user in. */
async function fleetBehindSshd(count: number, settings: readonly string[] = []) {
  const fleet = await fleetOfMachines(count);
  const sshd = await startSshd(settings);
  sshd.authorize(publicKeyOf(join(fleet.sandbox.directory, '.ssh/id_ed25519')));
  appendFileSync(join(fleet.sandbox.directory, '.ssh/known_hosts'), sshd.knownHostsLine);
  configureSsh(fleet, [`jump = "${userInfo().username}@127.0.0.1:${sshd.port}"`]);
  return fleet;
}

test.skipIf(withoutSshd)('machines are reached through it, at their private addresses', async () => {
  const { azfleet, sim } = await fleetBehindSshd(5);
  const { exitCode, stdout, stderr } = await azfleet(['run', '--all', '-o', 'json', '--', 'hostname']);
  expect([exitCode, stderr]).toEqual([0, expect.stringMatching(/^5 ok · /)]);
  const told = JSON.parse(stdout).machines.map((machine: Record<string, string>) => [
    machine['address'],
    machine['stdout'],
  ]);
  expect(told).toEqual(sim.fleet.machines().map(({ name, privateIps }) => [privateIps[0], `${name}\n`]));
});

test.skipIf(withoutSshd)(
  'one connection to it carries all of them, and its hand-shakes are remembered apart',
  async () => {
    const fleet = await fleetBehindSshd(12);
    const { exitCode, stderr } = await fleet.azfleet(['run', '--all', '--explain', '--', 'true']);
    expect(exitCode).toBe(0);
    expect(stderr).toContain('12 results, 13 hand-shakes, 0 connections reused');
    const learned = JSON.parse(readFileSync(join(fleet.env['AZFLEET_STATE_DIR']!, 'learned-ssh-sim.json'), 'utf8'));
    expect(Object.values(learned.lanes)).toEqual([expect.objectContaining({ handshakes: expect.any(Number) })]);
  },
);

test.skipIf(withoutSshd)('one that may not forward stops all of them, and says so', async () => {
  const { azfleet } = await fleetBehindSshd(2, ['AllowTcpForwarding no']);
  const { exitCode, stderr } = await azfleet(['run', '--all', '--', 'true']);
  expect(exitCode).toBe(1);
  expect(stderr).toMatch(/as a jump host it does not reach \S+: it may not forward connections/);
});
