import { expect, test } from 'vitest';
import { testFleet } from './support/cli.ts';

test('one machine in detail', async () => {
  const fleet = await testFleet();
  const { exitCode, stdout, stderr } = await fleet.azfleet(['status', 'WEB-01']);
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^web-01\n/);
  for (const label of ['State', 'Public IP', 'Private IP', 'Size', 'Tags', 'Created', 'Id'])
    expect(stdout).toMatch(new RegExp(`^  ${label} +\\S`, 'm'));
  expect(stderr).toContain('1 of 12 machines');
});

test('several, by glob, as json', async () => {
  const fleet = await testFleet();
  const { stdout } = await fleet.azfleet(['status', 'web-*', '-o', 'json']);
  const names = JSON.parse(stdout).vms.map((vm: { name: string }) => vm.name);
  expect(names.length).toBeGreaterThan(1);
  expect(names.every((name: string) => name.startsWith('web-'))).toBe(true);
});

test('a machine that is not there: exit code 3 and the nearest name', async () => {
  const fleet = await testFleet();
  const { exitCode, stdout, stderr } = await fleet.azfleet(['status', 'wbe-01']);
  expect([exitCode, stdout]).toEqual([3, '']);
  expect(stderr).toBe("azfleet: no machine is called 'wbe-01'; did you mean 'web-01'?\n");
});

test('one of two that is not there: the other is shown, and exit code 3', async () => {
  const fleet = await testFleet();
  const { exitCode, stdout, stderr } = await fleet.azfleet(['status', 'web-01', 'nobody-at-all']);
  expect(exitCode).toBe(3);
  expect(stdout).toMatch(/^web-01\n/);
  expect(stderr).toContain("no machine is called 'nobody-at-all'");
});

test('what is not known is shown as unknown, what is absent as -', async () => {
  const fleet = await testFleet();
  fleet.sim.inject({ kind: 'nic-list', status: 403 });
  fleet.sim.fleet.change('web-01', { tags: {} });
  const { exitCode, stdout } = await fleet.azfleet(['status', 'web-01']);
  expect(exitCode).toBe(5);
  expect(stdout).toMatch(/^  Public IP +unknown$/m);
  expect(stdout).toMatch(/^  Tags +-$/m);
});

test('--explain tells the phases and the calls, on stderr only', async () => {
  const fleet = await testFleet();
  const cold = await fleet.azfleet(['status', 'web-01', '-o', 'json', '--explain']);
  expect(() => JSON.parse(cold.stdout)).not.toThrow();
  for (const kind of ['vm-list', 'vm-status', 'nic', 'public-ip'])
    expect(cold.stderr).toMatch(new RegExp(`${kind} answered 200 after `));
  expect(cold.stderr).toMatch(/Azure: 4 calls, 12 machines/);
  const warm = await fleet.azfleet(['status', 'web-01', '--explain']);
  expect(warm.stderr).toMatch(/cache: 12 machines, 0 calls/);
});

test('--explain tells what was done also where it ends in an error', async () => {
  const fleet = await testFleet();
  expect((await fleet.azfleet(['status', 'nobody', '--explain'])).stderr).toMatch(/Azure: 4 calls/);
});

test('a full id, and a session, name their own subscription', async () => {
  const fleet = await testFleet({ machines: 2, subscriptions: 2 });
  const [, second] = fleet.sim.subscriptions;
  const ours = fleet.sim.subscriptions[0].id;
  const { vms } = JSON.parse((await fleet.azfleet(['list', '-s', second!.id, '-o', 'json'])).stdout);
  await fleet.azfleet(['context', 'set', 'sim', `subscriptions=${ours}`]);
  expect((await fleet.azfleet(['status', vms[0].id])).stdout).toContain(second!.id);
  await fleet.azfleet(['session', 'set', 'other', vms[0].id, '-s', second!.id]);
  expect((await fleet.azfleet(['status', 'other'])).stdout).toMatch(/Session +other/);
});
