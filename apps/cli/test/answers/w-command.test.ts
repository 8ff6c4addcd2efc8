import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import { testFleet, type TestFleet } from '../support/cli.ts';
import { untilReachable } from '../support/machines.ts';

/** Twelve machines, ten of them running: people are on seven, nobody on three. */
async function fleet(): Promise<TestFleet> {
  return await testFleet({ machines: 12, ssh: true });
}

test('who is on, machine by machine, in the order of the fleet', async () => {
  const { azfleet } = await fleet();
  const { exitCode, stdout, stderr } = await azfleet(['w', '--all']);
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(
    /^NAME {7}USER {7}TTY {4}FROM +LOGIN@ +IDLE {2}WHAT\nweb-01 {5}azureuser {2}pts\/0 {2}10\.255\./,
  );
  expect(stdout).not.toContain('STATUS');
  const names = [...stdout.matchAll(/^(\w+-\d+)/gm)].map(([name]) => name);
  expect(new Set(names).size).toBe(7);
  expect(stderr).toMatch(/^11 users on 7 machines · 10 ok · 2 skipped \(deallocated, stopped\) · \d+\.\d s$/m);
});

test('a machine that does not answer is shown as such, and never as one that nobody is on', async () => {
  const { azfleet, sim } = await fleet();
  sim.ssh!.inject('web-02', 'refuse');
  sim.ssh!.inject('api-02', 'refuse');
  const table = await azfleet(['w', '--all']);
  expect(table.exitCode).toBe(1);
  expect(table.stdout).toMatch(/^web-02 +unreachable +- +- +- +- +- +-$/m);
  expect(table.stdout).toMatch(/^web-01 +ok +azureuser/m);
  expect(table.stderr).toMatch(/^web-02,api-02: cannot connect: .*refused/m);
  const { stdout } = await azfleet(['w', 'web-*', 'api-*', 'batch-01', '-o', 'json']);
  const machines: { name: string; status: string; users: unknown[] | null }[] = JSON.parse(stdout).machines;
  const told = (name: string) => machines.find((machine) => machine.name === name);
  expect(told('web-02')).toMatchObject({
    status: 'unreachable',
    users: null,
    error: { code: 'SSH_CONNECT_FAILED', message: expect.stringContaining('refused'), hint: expect.any(String) },
  });
  expect(told('api-01')).toMatchObject({ status: 'ok', reason: null, error: null, users: [] });
  expect(told('batch-01')).toMatchObject({ status: 'skipped', reason: 'deallocated', error: null, users: null });
});

test('without the column of the status, machines that do not answer are not in the table', async () => {
  const { azfleet, sim } = await fleet();
  sim.ssh!.inject('web-02', 'refuse');
  const { stdout, stderr } = await azfleet(['w', 'web-01', 'web-02', '--columns', 'name,user']);
  expect(stdout).toBe('NAME    USER\nweb-01  azureuser\n');
  expect(stderr).toContain('web-02: cannot connect');
  const tsv = await azfleet(['w', 'web-01', 'web-02', '-o', 'tsv', '--columns', 'group,name,status,idleSeconds']);
  expect(tsv.stdout).toBe('rg-web-prod\tweb-01\tok\t16560\nrg-web-prod\tweb-02\tunreachable\t\n');
});

test('nobody is on: that is said of those who answered, and of nobody else', async () => {
  const { azfleet, sim } = await fleet();
  const nobody = await azfleet(['w', 'api-01', 'db-01']);
  expect(nobody).toMatchObject({ exitCode: 0, stdout: '' });
  expect(nobody.stderr).toMatch(/^no users on 2 machines · 2 ok/m);
  sim.ssh!.inject('api-01', 'refuse');
  const unknown = await azfleet(['w', 'api-01']);
  expect(unknown.exitCode).toBe(1);
  expect(unknown.stderr).not.toContain('no users');
});

test('every format parses', async () => {
  const { azfleet } = await fleet();
  const csv = (await azfleet(['w', '--state', 'running', '-o', 'csv'])).stdout.trimEnd().split('\n');
  expect(csv[0]).toBe('name,status,user,tty,from,login,idle,what');
  expect(csv).toHaveLength(12);
  const ndjson = (await azfleet(['w', '--state', 'running', '-o', 'ndjson'])).stdout.trimEnd().split('\n');
  expect(ndjson.flatMap((line) => JSON.parse(line).users)).toHaveLength(11);
  const json = JSON.parse((await azfleet(['w', 'web-01', '-o', 'json'])).stdout);
  expect(json).toMatchObject({
    schemaVersion: 1,
    machines: [
      {
        name: 'web-01',
        resourceGroup: 'rg-web-prod',
        subscriptionId: expect.any(String),
        id: expect.stringContaining('/virtualMachines/web-01'),
        status: 'ok',
        users: [
          {
            user: 'azureuser',
            tty: 'pts/0',
            from: expect.stringMatching(/^10\.255\.0\.\d+$/),
            loginAt: expect.stringMatching(/^\d\d:\d\d$/),
            idle: '4:36m',
            idleSeconds: 16_560,
            what: expect.any(String),
          },
        ],
      },
    ],
  });
  const query = await azfleet(['w', '--all', '--query', 'machines[?users].{name: name, users: length(users)} | [0]']);
  expect(JSON.parse(query.stdout)).toEqual({ name: 'web-01', users: 1 });
});

test('a name that two groups have is told with its group', async () => {
  const { azfleet, sim } = await testFleet({ machines: 1, ssh: true });
  sim.fleet.add({ name: 'web-01', resourceGroup: 'rg-other' });
  await untilReachable(sim);
  sim.ssh!.inject('rg-other/web-01', 'refuse');
  const { stdout } = await azfleet(['w', '--all', '-o', 'tsv', '--columns', 'name,status']);
  expect(stdout).toBe('rg-web-prod/web-01\tok\nrg-other/web-01\tunreachable\n');
});

test('on a terminal: colours, a table that fits, and the command cut before any column is left out', async () => {
  const { azfleet, sim } = await fleet();
  sim.ssh!.inject('web-02', 'refuse');
  const { stdout } = await azfleet(['w', 'web-01', 'web-02'], { columns: 80, env: { TERM: 'xterm' } });
  expect(stdout).toContain('\u001b[31munreachable\u001b[39m');
  const lines = stripVTControlCharacters(stdout).trimEnd().split('\n');
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(80);
  expect(lines[0]).toMatch(/^NAME +STATUS +USER +.*WHAT$/);
  expect(lines[1]).toContain('less /var/log/');
});

test.each([
  [['w'], 'w needs machines; name them, or pass --all'],
  [['w', '--all', '--columns', 'usr'], "--columns: unknown column 'usr'; did you mean 'user'?"],
  [['w', '--all', '--columns', 'zzz'], 'known: name, group, subscription, id, status, user, tty'],
  [['w', '--all', '--timeout', 'soon'], "--timeout 'soon' is not a duration"],
  [['w', '--all', '--query', '['], 'is not JMESPath'],
  [['w', 'web-01', '--', 'x'], "takes no '--'"],
])('%j is refused before anybody is asked', async (args, message) => {
  const { azfleet, calls } = await testFleet({ machines: 1 });
  const { exitCode, stdout, stderr } = await azfleet(args);
  expect({ exitCode, stdout, calls: calls() }).toEqual({ exitCode: 2, stdout: '', calls: 0 });
  expect(stderr).toContain(message);
});

test('nothing that is selected, and a name that is not there', async () => {
  const { azfleet } = await fleet();
  expect((await azfleet(['w', 'nobody-*'])).exitCode).toBe(3);
  expect((await azfleet(['w', 'batch-01'])).exitCode).toBe(3); // deallocated
  const missing = await azfleet(['w', 'web-01', 'web-77']);
  expect(missing.exitCode).toBe(1);
  expect(missing.stderr).toContain("'web-77'");
});
