import { expect, test } from 'vitest';
import { testFleet, type Outcome } from './support/cli.ts';

const json = ['list', '-o', 'json'];
const meta = ({ stdout }: Outcome) => JSON.parse(stdout).meta;

test('61 s later one call asks for the status, ten minutes later all four are asked', async () => {
  const fleet = await testFleet();
  await fleet.azfleet(json);
  expect(fleet.calls()).toBe(4);
  fleet.advance(61_000);
  const second = await fleet.azfleet(json);
  expect(fleet.calls()).toBe(1);
  expect(fleet.sim.stats().byKind['vm-status']).toBe(2);
  expect(meta(second)).toMatchObject({ source: 'mixed', azureCalls: 1, stale: false });
  fleet.advance(600_000);
  await fleet.azfleet(json);
  expect(fleet.calls()).toBe(4);
});

test('--refresh asks Azure now, and sees what changed', async () => {
  const fleet = await testFleet();
  await fleet.azfleet(json);
  const machine = fleet.sim.fleet.machines().find(({ powerState }) => powerState === 'running')!;
  fleet.sim.fleet.change(machine.name, { powerState: 'deallocated' });
  const state = ['status', machine.name, '--query', 'vms[0].powerState', '-o', 'tsv'];
  expect((await fleet.azfleet(state)).stdout).toBe('running\n');
  fleet.calls();
  expect((await fleet.azfleet([...state, '--refresh'])).stdout).toBe('deallocated\n');
  expect(fleet.calls()).toBe(4);
});

test('a new machine appears and a deleted one goes once the status is asked again', async () => {
  const fleet = await testFleet();
  await fleet.azfleet(json);
  const [gone] = fleet.sim.fleet.machines();
  fleet.sim.fleet.remove(gone!.name);
  fleet.sim.fleet.add({ name: 'brand-new' });
  fleet.advance(61_000);
  const names = JSON.parse((await fleet.azfleet(json)).stdout).vms.map((vm: { name: string }) => vm.name);
  expect(names).toContain('brand-new');
  expect(names).not.toContain(gone!.name);
});

test('--max-age allows older answers, and asks for younger ones', async () => {
  const fleet = await testFleet();
  await fleet.azfleet(json);
  fleet.advance(1_200_000);
  fleet.calls();
  expect(meta(await fleet.azfleet([...json, '--max-age', '1h']))).toMatchObject({ source: 'cache', azureCalls: 0 });
  expect(fleet.calls()).toBe(0);
  fleet.advance(-1_195_000);
  await fleet.azfleet([...json, '--max-age', '1s']);
  expect(fleet.calls()).toBe(4);
});

test('--offline answers from the cache at any age, and without one says so', async () => {
  const fleet = await testFleet();
  const nothing = await fleet.azfleet([...json, '--offline']);
  expect(nothing.exitCode).toBe(5);
  expect(nothing.stderr).toMatch(/^azfleet: .*Nothing is cached for the vm-list of this subscription yet.*\n/);
  await fleet.azfleet(json);
  await fleet.sim.close();
  fleet.advance(86_400_000);
  const kept = await fleet.azfleet([...json, '--offline']);
  expect(kept.exitCode).toBe(0);
  expect(meta(kept)).toMatchObject({ source: 'cache', stale: true, azureCalls: 0 });
});

test('--no-cache neither reads nor writes', async () => {
  const fleet = await testFleet();
  await fleet.azfleet([...json, '--no-cache']);
  await fleet.azfleet([...json, '--no-cache']);
  expect(fleet.calls()).toBe(8);
  await fleet.azfleet(json);
  expect(fleet.calls()).toBe(4);
});

test('on a terminal a stale answer is shown at once, marked, and refreshed in the background', async () => {
  const fleet = await testFleet();
  await fleet.azfleet(json);
  fleet.calls();
  fleet.advance(90_000);
  const { stdout, stderr, exitCode } = await fleet.azfleet(['list'], { columns: 120 });
  expect([exitCode, fleet.calls()]).toEqual([0, 0]);
  expect(stdout).toContain('NAME');
  expect(stderr).toMatch(/STALE, from the cache, \d+ s old, refreshing in the background/);
  const subscription = fleet.sim.subscriptions[0].id;
  expect(fleet.background).toEqual([['cache', 'warm', '--background', '--context', 'sim', '-s', subscription]]);
});

test('a pipe gets fresh answers only', async () => {
  const fleet = await testFleet();
  await fleet.azfleet(json);
  fleet.advance(90_000);
  await fleet.azfleet(['list']);
  expect(fleet.background).toEqual([]);
  expect(fleet.calls()).toBe(5);
});

test.each([
  [['--refresh', '--offline'], '--refresh and --offline contradict each other'],
  [['--no-cache', '--max-age', '5m'], '--no-cache and --max-age contradict each other'],
  [['--max-age', '5 parsecs'], "--max-age '5 parsecs' is not a duration"],
])('%j is a usage error', async (flags, message) => {
  const fleet = await testFleet({ machines: 1 });
  const { exitCode, stderr } = await fleet.azfleet(['list', ...flags]);
  expect(exitCode).toBe(2);
  expect(stderr).toContain(message);
  expect(fleet.calls()).toBe(0);
});
