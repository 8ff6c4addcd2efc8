import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { testFleet, type TestFleet } from './support/cli.ts';

function sessionsFile(fleet: TestFleet): string {
  return join(fleet.sandbox.directory, 'sessions.toml');
}

test('a name of your own stands wherever a machine is named, and shows in list', async () => {
  const fleet = await testFleet({ machines: 6 });
  const [first, second] = fleet.sim.fleet.machines();
  expect(await fleet.azfleet(['session', 'set', 'api', first!.name])).toMatchObject({ exitCode: 0, stdout: '' });
  expect(await fleet.azfleet(['session', 'set', 'API-2', second!.name])).toMatchObject({ exitCode: 0 });
  const status = await fleet.azfleet(['status', 'Api', '--query', 'vms[0].name']);
  expect([status.exitCode, JSON.parse(status.stdout)]).toEqual([0, first!.name]);
  const listed = await fleet.azfleet(['list', '-o', 'json']);
  const { vms } = JSON.parse(listed.stdout) as { vms: { name: string; session: string | null }[] };
  const sessions = Object.fromEntries(vms.map(({ name, session }) => [name, session]));
  expect(sessions).toMatchObject({ [first!.name]: 'api', [second!.name]: 'API-2' });
  expect(
    (await fleet.azfleet(['list', 'api*', '-o', 'tsv', '--columns', 'session'])).stdout.trim().split('\n').toSorted(),
  ).toEqual(['API-2', 'api']);
  expect((await fleet.azfleet(['list'])).stdout).toMatch(/^NAME +SESSION/);
});

test('a machine can have several names, and each of them stands for it', async () => {
  const fleet = await testFleet({ machines: 3 });
  const [first] = fleet.sim.fleet.machines();
  for (const name of ['one', 'two']) await fleet.azfleet(['session', 'set', name, first!.name]);
  for (const name of ['one', 'two']) {
    expect((await fleet.azfleet(['status', name, '-o', 'tsv', '--columns', 'name'])).stdout).toBe(`${first!.name}\n`);
  }
});

test('list asks nobody: the state is what the cache knows', async () => {
  const fleet = await testFleet({ machines: 3 });
  const [first] = fleet.sim.fleet.machines();
  expect((await fleet.azfleet(['session', 'list'])).stderr).toContain('no session yet');
  await fleet.azfleet(['session', 'set', 'api', first!.name]);
  fleet.calls();
  const { stdout } = await fleet.azfleet(['session', 'list', '-o', 'json']);
  expect(JSON.parse(stdout)).toMatchObject({ schemaVersion: 1, sessions: [{ session: 'api', name: first!.name }] });
  expect((await fleet.azfleet(['session', 'list'])).stdout).toMatch(
    new RegExp(`^SESSION +MACHINE +GROUP +STATE\\napi +${first!.name}`),
  );
  expect(fleet.calls()).toBe(0);
});

test('a machine that is gone is said so, with the command that removes the name', async () => {
  const fleet = await testFleet({ machines: 3 });
  const [first] = fleet.sim.fleet.machines();
  await fleet.azfleet(['session', 'set', 'api', first!.name]);
  fleet.sim.fleet.remove(first!.name);
  const status = await fleet.azfleet(['status', 'api', '--refresh']);
  expect(status.exitCode).toBe(3);
  expect(status.stderr).toContain(`of session 'api' is gone; remove the name with: azfleet session unset api`);
  const listed = await fleet.azfleet(['list', 'api']);
  expect([listed.exitCode, listed.stdout]).toEqual([0, '']);
  expect(listed.stderr).toContain('azfleet session unset api');
  expect((await fleet.azfleet(['session', 'list'])).stdout).toContain('gone');
  expect((await fleet.azfleet(['session', 'unset', 'API'])).exitCode).toBe(0);
  expect((await fleet.azfleet(['status', 'api'])).stderr).toContain("no machine is called 'api'");
});

test('a machine of a subscription that was not listed is not called gone', async () => {
  const fleet = await testFleet({ machines: 2 });
  const id = '/subscriptions/elsewhere/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/vm';
  writeFileSync(sessionsFile(fleet), `far = "${id}"\n`);
  const { exitCode, stderr } = await fleet.azfleet(['status', 'far', '-s', fleet.sim.subscriptions[0].id]);
  expect(exitCode).toBe(3);
  expect(stderr).toContain(
    "the machine rg/vm of session 'far' is not in what was listed; name its subscription with -s",
  );
});

test('list tells of machines of subscriptions that the context does not name, as far as the cache knows', async () => {
  const fleet = await testFleet({ machines: 12, subscriptions: 3 });
  const ids = fleet.sim.subscriptions.map(({ id }) => id);
  const machines = ids.map((id) => fleet.sim.fleet.machines().find((vm) => vm.subscriptionId === id)!);
  for (const [index, { name, subscriptionId }] of machines.entries()) {
    await fleet.azfleet(['session', 'set', `n-${index}`, name, '-s', subscriptionId]);
  }
  await fleet.azfleet(['cache', 'clear']);
  const kept = await fleet.azfleet(['list', '-s', ids[0]!, '-s', ids[1]!, '-o', 'json']);
  const { vms } = JSON.parse(kept.stdout) as { vms: { id: string; powerState: string }[] };
  const stateOf = (id: string) => vms.find((vm) => vm.id.toLowerCase() === id.toLowerCase())?.powerState;
  fleet.calls();
  const { stdout } = await fleet.azfleet(['session', 'list', '-o', 'json'], { env: { AZURE_SUBSCRIPTION_ID: ids[2] } });
  const { sessions } = JSON.parse(stdout) as { sessions: { id: string; state: string }[] };
  expect(sessions.map(({ id }) => stateOf(id) ?? 'unknown')).toEqual(sessions.map(({ state }) => state));
  expect(sessions.map(({ state }) => state === 'unknown')).toEqual([false, false, true]);
  expect(fleet.calls()).toBe(0);
});

test('a name that is a machine, or two things at once, is refused', async () => {
  const fleet = await testFleet({ machines: 3 });
  const [first, second] = fleet.sim.fleet.machines();
  const taken = await fleet.azfleet(['session', 'set', second!.name.toUpperCase(), first!.name]);
  expect([taken.exitCode, taken.stderr]).toEqual([
    2,
    `azfleet: '${second!.name.toUpperCase()}' is a machine's own name; choose another name\n`,
  ]);
  expect(existsSync(sessionsFile(fleet))).toBe(false);
  await fleet.azfleet(['session', 'set', 'api', first!.name]);
  // A machine that came later has the name of the session.
  writeFileSync(sessionsFile(fleet), readFileSync(sessionsFile(fleet), 'utf8').replace('api', second!.name));
  const both = await fleet.azfleet(['status', second!.name]);
  expect(both.exitCode).toBe(2);
  expect(both.stderr).toContain(`'${second!.name}' is two things: the machine `);
});

test.each([
  [['set', 'a b', 'VM'], 2, 'azfleet: "a b": expected a name of at most 64 letters, digits, "-" and "_"'],
  [['set', 'x', 'no-such-machine'], 3, "azfleet: no machine is called 'no-such-machine'"],
  [['set', 'x', '*'], 2, "azfleet: '*' is a pattern; name one machine: NAME, GROUP/NAME or id"],
  [['set', 'x', 'VM*'], 2, 'azfleet: '],
  [['unset', 'aip'], 2, "azfleet: no session is called 'aip'; did you mean 'api'?"],
  [['unset', 'zzzzzz'], 2, "azfleet: no session is called 'zzzzzz'; see 'azfleet session list'"],
  [['set', 'x'], 2, 'azfleet: session set needs more words; usage: azfleet session set NAME VM'],
  [['unset', 'api', '--refresh'], 2, 'azfleet: session unset takes no --refresh'],
] as const)('session %j is refused', async (args, exitCode, line) => {
  const fleet = await testFleet({ machines: 3 });
  const [first] = fleet.sim.fleet.machines();
  await fleet.azfleet(['session', 'set', 'api', first!.name]);
  const before = readFileSync(sessionsFile(fleet), 'utf8');
  const outcome = await fleet.azfleet(['session', ...args.map((arg) => arg.replace('VM', first!.name))]);
  expect(outcome.stderr.slice(0, line.length)).toBe(line);
  expect([outcome.exitCode, readFileSync(sessionsFile(fleet), 'utf8')]).toEqual([exitCode, before]);
});

test('moving a name to another machine tells where it was', async () => {
  const fleet = await testFleet({ machines: 3 });
  const [first, second] = fleet.sim.fleet.machines();
  await fleet.azfleet(['session', 'set', 'api', first!.name]);
  expect((await fleet.azfleet(['session', 'set', 'api', first!.name])).stderr).toBe('');
  expect((await fleet.azfleet(['session', 'set', 'api', second!.name])).stderr).toContain(`'api' was `);
});

test('8 processes that set names at once lose none', async () => {
  const fleet = await testFleet({ machines: 8 });
  const machines = fleet.sim.fleet.machines();
  await fleet.azfleet(['list']);
  const outcomes = await Promise.all(
    machines.map(({ name }, index) => fleet.process(['session', 'set', `n-${index}`, name, '--offline'])),
  );
  expect(outcomes.map(({ exitCode, stderr }) => [exitCode, stderr])).toEqual(machines.map(() => [0, '']));
  const { stdout } = await fleet.azfleet(['session', 'list', '-o', 'json']);
  expect(JSON.parse(stdout).sessions).toHaveLength(8);
});
