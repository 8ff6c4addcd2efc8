import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { configureSsh, fleetOfMachines, ownKnownHosts } from '../support/machines.ts';

const fingerprint = (key: string): string => {
  const digest = createHash('sha256').update(Buffer.from(key.split(' ')[1]!, 'base64'));
  return `SHA256:${digest.digest('base64').replace(/=+$/, '')}`;
};

test('keys that nobody knows are added under the ids of their machines, for the owner of the file only', async () => {
  const fleet = await fleetOfMachines(3);
  expect((await fleet.azfleet(['run', '--all', '--', 'true'])).exitCode).toBe(0);
  const file = ownKnownHosts(fleet);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readFileSync(file, 'utf8').trim().split('\n')).toHaveLength(3);
});

test('a changed key stops that machine only, and names file, line, both fingerprints and the command', async () => {
  const fleet = await fleetOfMachines(3);
  await fleet.azfleet(['run', '--all', '--', 'true']);
  const file = ownKnownHosts(fleet);
  const before = readFileSync(file, 'utf8');
  const [machine] = fleet.sim.fleet.machines();
  const known = fingerprint(fleet.ssh.hostKey('vm-01'));
  fleet.ssh.changeHostKey('vm-01');
  const presented = fingerprint(fleet.ssh.hostKey('vm-01'));
  const { exitCode, stdout, stderr } = await fleet.azfleet(['run', '--all', '--', 'hostname']);
  expect(exitCode).toBe(1);
  expect(stdout.split('\n').toSorted()).toEqual(['', 'vm-02: vm-02', 'vm-03: vm-03']);
  const line = before.split('\n').findIndex((text) => text.startsWith(`azfleet-${machine!.vmId} `)) + 1;
  const remove = `ssh-keygen -R azfleet-${machine!.vmId} -f ${file}`;
  const [told] = stderr.split('\n');
  for (const part of ['vm-01: ', `${file}:${line}`, known, presented, remove]) expect(told).toContain(part);
  expect(readFileSync(file, 'utf8')).toBe(before);
  // And the command does what it says.
  expect(spawnSync('sh', ['-c', remove]).status).toBe(0);
  expect((await fleet.azfleet(['run', '--all', '--refresh', '--', 'true'])).exitCode).toBe(0);
});

test('a changed key at an address from the cache is refused, too: Azure is asked, and says that it is the machine', async () => {
  const fleet = await fleetOfMachines(3);
  await fleet.azfleet(['run', '--all', '--', 'true']);
  fleet.ssh.changeHostKey('vm-01');
  fleet.calls();
  const { exitCode, stderr } = await fleet.azfleet(['run', '--all', '--', 'hostname']);
  expect([exitCode, fleet.calls()]).toEqual([1, 4]);
  expect(stderr).toMatch(/^vm-01: the host key is not the known one/);
});

test('strict adds nothing: what nobody knows is refused', async () => {
  const fleet = await fleetOfMachines(2);
  configureSsh(fleet, ['host_key_policy = "strict"']);
  const { exitCode, stderr } = await fleet.azfleet(['run', '--all', '--', 'true']);
  expect(exitCode).toBe(1);
  expect(stderr).toMatch(
    /^vm-0[12]: the host key SHA256:\S+ \(ssh-ed25519\) is not known, and strict checking adds none/m,
  );
  expect(existsSync(ownKnownHosts(fleet))).toBe(false);
});

test('an unknown key at addresses from the cache: Azure is asked once for all of them, then they are added', async () => {
  const fleet = await fleetOfMachines(5);
  expect(await fleet.azfleet(['list'])).toMatchObject({ exitCode: 0 });
  fleet.calls();
  const { exitCode, stderr } = await fleet.azfleet(['run', '--all', '--', 'true']);
  expect([exitCode, fleet.calls()]).toEqual([0, 4]);
  expect(stderr).toMatch(/^5 ok · \d+\.\d s\n$/);
  expect(readFileSync(ownKnownHosts(fleet), 'utf8').trim().split('\n')).toHaveLength(5);
});

test('with known keys and a fresh cache Azure is not asked at all', async () => {
  const fleet = await fleetOfMachines(3);
  await fleet.azfleet(['run', '--all', '--', 'true']);
  fleet.calls();
  expect((await fleet.azfleet(['run', '--all', '--', 'true'])).exitCode).toBe(0);
  expect(fleet.calls()).toBe(0);
});

test('offline, a key that nobody knows is not accepted', async () => {
  const fleet = await fleetOfMachines(2);
  expect(await fleet.azfleet(['list'])).toMatchObject({ exitCode: 0 });
  const { exitCode, stderr } = await fleet.azfleet(['run', '--all', '--offline', '--', 'true']);
  expect(exitCode).toBe(1);
  expect(stderr).toMatch(/^vm-0[12]: the host key .* is not known/m);
  expect(existsSync(ownKnownHosts(fleet))).toBe(false);
});
