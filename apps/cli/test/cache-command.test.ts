import { expect, test } from 'vitest';
import { testFleet } from './support/cli.ts';

test('stats: what is kept, by kind, as a table and as json', async () => {
  const fleet = await testFleet();
  await fleet.azfleet(['list']);
  const table = await fleet.azfleet(['cache', 'stats']);
  expect(table.exitCode).toBe(0);
  for (const kind of ['vm_list', 'vm_status', 'nic', 'public_ip', 'fleet'])
    expect(table.stdout).toMatch(new RegExp(`^${kind} +1 `, 'm'));
  const { entries, bytes, maxBytes, namespaces, path } = JSON.parse(
    (await fleet.azfleet(['cache', 'stats', '-o', 'json'])).stdout,
  );
  expect(entries).toBe(namespaces.reduce((sum: number, one: { entries: number }) => sum + one.entries, 0));
  expect(bytes).toBeGreaterThan(1000);
  expect(maxBytes).toBe(64_000_000);
  expect(path).toBe(fleet.env['AZFLEET_CACHE_DIR']);
});

test('path: where it is', async () => {
  const fleet = await testFleet();
  expect((await fleet.azfleet(['cache', 'path'])).stdout).toBe(`${fleet.env['AZFLEET_CACHE_DIR']}\n`);
});

test.each([
  ['vm_status:*', 1],
  ['vm-status', 1],
  ['vm_list', 1],
  ['*', 4],
])('clear %s: %i calls are made again', async (pattern, calls) => {
  const fleet = await testFleet();
  await fleet.azfleet(['list']);
  fleet.calls();
  const cleared = await fleet.azfleet(['cache', 'clear', pattern]);
  expect(cleared).toMatchObject({ exitCode: 0, stdout: '' });
  expect(cleared.stderr).toMatch(/^forgot \d+ entr(y|ies), /);
  await fleet.azfleet(['list']);
  expect(fleet.calls()).toBe(calls);
});

test('clear without a pattern forgets all', async () => {
  const fleet = await testFleet();
  await fleet.azfleet(['list']);
  await fleet.azfleet(['cache', 'clear']);
  expect(JSON.parse((await fleet.azfleet(['cache', 'stats', '-o', 'json'])).stdout).entries).toBe(0);
});

test('warm asks for what is not fresh, and the next list is at once', async () => {
  const fleet = await testFleet();
  const { exitCode, stdout, stderr } = await fleet.azfleet(['cache', 'warm']);
  expect([exitCode, stdout]).toEqual([0, '']);
  expect(stderr).toContain('12 machines');
  expect(fleet.calls()).toBe(4);
  await fleet.azfleet(['list']);
  await fleet.azfleet(['cache', 'warm']);
  expect(fleet.calls()).toBe(0);
});

test('background refreshes of several processes are one', async () => {
  const fleet = await testFleet({ latencyMs: 300 });
  const warm = () => fleet.process(['cache', 'warm', '--background']);
  const outcomes = await Promise.all(Array.from({ length: 5 }, warm));
  for (const outcome of outcomes) expect(outcome).toEqual({ exitCode: 0, stdout: '', stderr: '' });
  expect(fleet.calls()).toBe(4);
});

test('warm tells what is wrong, with its exit code', async () => {
  const fleet = await testFleet();
  fleet.sim.deny(fleet.sim.subscriptions[0].id);
  const { exitCode, stderr } = await fleet.azfleet(['cache', 'warm']);
  expect(exitCode).toBe(4);
  expect(stderr).toContain(fleet.sim.subscriptions[0].id);
});

test('warm in the background says nothing, and leaves a fresh answer', async () => {
  const fleet = await testFleet();
  expect(await fleet.azfleet(['cache', 'warm', '--background'])).toMatchObject({ exitCode: 0, stdout: '', stderr: '' });
  expect(fleet.calls()).toBe(4);
  await fleet.azfleet(['list']);
  expect(fleet.calls()).toBe(0);
});

test.each([
  [['cache', 'path', 'x'], "azfleet: cache path takes no 'x'"],
  [['cache', 'clear', 'a', 'b'], "azfleet: cache clear takes no 'b'"],
])('%j is a usage error', async (args, message) => {
  const fleet = await testFleet({ machines: 1 });
  const { exitCode, stderr } = await fleet.azfleet(args);
  expect(exitCode).toBe(2);
  expect(stderr).toContain(message);
});

test('clear tells where a pattern matches nothing', async () => {
  const fleet = await testFleet();
  await fleet.azfleet(['list']);
  const { exitCode, stderr } = await fleet.azfleet(['cache', 'clear', 'vm_stats']);
  expect(exitCode).toBe(0);
  expect(stderr).toContain("azfleet: nothing in the cache matches 'vm_stats'; did you mean 'vm_status'?");
});
