import { expect, test } from 'vitest';
import { testFleet } from './support/cli.ts';

const json = ['list', '-o', 'json'];

test('throttling is waited out, and told on stderr', async () => {
  const fleet = await testFleet();
  fleet.sim.inject({ kind: 'vm-status', status: 429, retryAfterSeconds: 1, nth: 1 });
  const { exitCode, stdout, stderr } = await fleet.azfleet(json);
  expect(exitCode).toBe(0);
  expect(JSON.parse(stdout).vms).toHaveLength(12);
  expect(stderr).toContain('azfleet: Azure is throttling and asks to wait 1 s');
});

test.each([
  ['503', { status: 503 }],
  ['a dropped connection', { drop: true }],
  ['a truncated answer', { truncate: true }],
] as const)('%s is tried again', async (_, fault) => {
  const fleet = await testFleet();
  fleet.sim.inject({ kind: 'vm-list', nth: 1, ...fault });
  const { exitCode, stdout } = await fleet.azfleet(json);
  expect(exitCode).toBe(0);
  expect(JSON.parse(stdout).vms).toHaveLength(12);
});

test('Azure gone: the last answer, marked, with exit code 5', async () => {
  const fleet = await testFleet();
  await fleet.azfleet(json);
  await fleet.sim.close();
  fleet.advance(7_200_000);
  const piped = await fleet.azfleet(json);
  expect(piped.exitCode).toBe(5);
  const { vms, meta } = JSON.parse(piped.stdout);
  expect(vms).toHaveLength(12);
  expect(meta).toMatchObject({ stale: true, source: 'cache' });
  expect(meta.errors.length).toBeGreaterThan(0);
  const table = await fleet.azfleet(['list']);
  expect(table.exitCode).toBe(5);
  expect(table.stderr).toMatch(/STALE, from the cache, 2 h old/);
});

test('Azure gone and nothing kept: one clear line and exit code 5', async () => {
  const fleet = await testFleet();
  await fleet.sim.close();
  const { exitCode, stdout, stderr } = await fleet.azfleet(['list']);
  expect([exitCode, stdout]).toEqual([5, '']);
  expect(
    stderr
      .trimEnd()
      .split('\n')
      .filter((line) => line.startsWith('azfleet:')),
  ).toHaveLength(1);
});

test('a subscription that is denied: exit code 4 and what to do', async () => {
  const fleet = await testFleet();
  fleet.sim.deny(fleet.sim.subscriptions[0].id);
  const { exitCode, stdout, stderr } = await fleet.azfleet(['list']);
  expect([exitCode, stdout]).toEqual([4, '']);
  expect(stderr).toContain(fleet.sim.subscriptions[0].id);
});

test('one of three subscriptions is denied: the rest is shown, and exit code 5', async () => {
  const fleet = await testFleet({ machines: 4, subscriptions: 3 });
  const denied = fleet.sim.subscriptions[1]!.id;
  fleet.sim.deny(denied);
  const { exitCode, stdout, stderr } = await fleet.azfleet(json);
  const { vms, meta } = JSON.parse(stdout);
  expect(exitCode).toBe(5);
  expect(vms).toHaveLength(8);
  expect(meta.errors.every((error: { subscriptionId: string }) => error.subscriptionId === denied)).toBe(true);
  expect(stderr).toContain(denied);
});

test('a sub-list that fails leaves its columns unknown and drops no machine', async () => {
  const fleet = await testFleet();
  fleet.sim.inject({ kind: 'nic-list', status: 403 });
  const { exitCode, stdout } = await fleet.azfleet(json);
  const { vms } = JSON.parse(stdout);
  expect(exitCode).toBe(5);
  expect(vms).toHaveLength(12);
  expect(vms[0]).toMatchObject({ privateIps: null, publicIps: null });
  expect(vms[0].unknown).toEqual(expect.arrayContaining(['privateIps', 'publicIps']));
  expect((await fleet.azfleet(['list'])).stdout).toContain('?');
});

test('not signed in: exit code 4 and how to sign in', async () => {
  const fleet = await testFleet();
  const { exitCode, stderr } = await fleet.azfleet(['list'], {
    env: {
      IDENTITY_ENDPOINT: undefined,
      IDENTITY_HEADER: undefined,
      AZFLEET_CONFIG: undefined,
      AZFLEET_CONTEXT: undefined,
      AZURE_SUBSCRIPTION_ID: undefined,
    },
  });
  expect(exitCode).toBe(4);
  expect(stderr).toContain('az login');
});

test('what could not be had is not counted', async () => {
  const fleet = await testFleet();
  await fleet.sim.close();
  expect((await fleet.azfleet(['list'])).stderr).not.toContain('0 machines');
});

test.each([['*'], ['Production']])('not permitted to list subscriptions, with -s %s: exit code 4', async (named) => {
  const fleet = await testFleet();
  fleet.sim.inject({ kind: 'subscriptions', status: 403 });
  expect((await fleet.azfleet(['list', '-s', named])).exitCode).toBe(4);
});

test('a name that is not known offline: what to do about it', async () => {
  const fleet = await testFleet();
  const { exitCode, stderr } = await fleet.azfleet(['list', '-s', 'Staging', '--offline']);
  expect(exitCode).toBe(5);
  expect(stderr).toBe(
    'azfleet: no subscription called Staging is cached; name it by its id, or run it once without --offline\n',
  );
});

test('a glob is no resource group to fall back to', async () => {
  const fleet = await testFleet();
  fleet.sim.deny(fleet.sim.subscriptions[0].id, { exceptResourceGroups: ['rg-web-prod'] });
  expect((await fleet.azfleet(['list', '-g', 'rg-web-*'])).exitCode).toBe(4);
  expect(fleet.sim.stats().byKind['vm-list-group']).toBe(0);
  const named = await fleet.azfleet(['list', '-g', 'rg-web-prod', '-o', 'json']);
  expect(JSON.parse(named.stdout).vms.length).toBeGreaterThan(0);
});
