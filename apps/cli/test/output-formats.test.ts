import { expect, test } from 'vitest';
import { testFleet } from './support/cli.ts';

// oxlint-disable-next-line no-control-regex
const CONTROLS = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;
const nasty = {
  name: 'web-naïve-机器',
  tags: { note: 'a\u001b[31mred\nnext\tcell, "quoted"', bidi: 'x\u202ey', c1: '\u009b31m' },
};

async function nastyFleet() {
  const fleet = await testFleet({ machines: 3 });
  fleet.sim.fleet.add(nasty);
  return fleet;
}

test('json keeps every value as it is', async () => {
  const fleet = await nastyFleet();
  const { vms } = JSON.parse((await fleet.azfleet(['list', '-o', 'json'])).stdout);
  expect(vms.find((vm: { name: string }) => vm.name === nasty.name).tags).toEqual(nasty.tags);
});

test('json on a terminal has no control characters, and is the same json', async () => {
  const fleet = await nastyFleet();
  const { stdout } = await fleet.azfleet(['list', '-o', 'json'], { columns: 80 });
  expect(stdout).not.toMatch(CONTROLS);
  expect(JSON.parse(stdout).vms.find((vm: { name: string }) => vm.name === nasty.name).tags).toEqual(nasty.tags);
});

test('ndjson is one machine a line', async () => {
  const fleet = await nastyFleet();
  const lines = (await fleet.azfleet(['list', '-o', 'ndjson'])).stdout.trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line).name)).toContain(nasty.name);
  expect(lines).toHaveLength(4);
});

test('csv has a header, a row a machine, and quoted newlines', async () => {
  const fleet = await nastyFleet();
  const { stdout } = await fleet.azfleet(['list', '-o', 'csv', '--columns', 'name,tag:note']);
  expect(stdout.startsWith('name,tag:note\n')).toBe(true);
  expect(stdout).toContain(`${nasty.name},"a\u001b[31mred\nnext\tcell, ""quoted"""\n`);
});

test('tsv is one line a machine with as many fields as columns', async () => {
  const fleet = await nastyFleet();
  const lines = (await fleet.azfleet(['list', '-o', 'tsv', '--columns', 'name,tag:note,state'])).stdout
    .trimEnd()
    .split('\n');
  expect(lines).toHaveLength(4);
  for (const line of lines) expect(line.split('\t')).toHaveLength(3);
});

test.each(['table', 'csv', 'tsv', 'json', 'ndjson'])('%s: nothing from outside controls a terminal', async (format) => {
  const fleet = await nastyFleet();
  const { stdout, stderr } = await fleet.azfleet(['list', '-o', format, '--color', 'never'], { columns: 200 });
  expect(stdout.replaceAll('\t', format === 'tsv' ? '' : '\t')).not.toMatch(CONTROLS);
  expect(stderr.replaceAll('\u001b[K', '').replaceAll('\r', '')).not.toMatch(CONTROLS);
});

test('a table off a terminal is a line a machine, and nothing is cut', async () => {
  const fleet = await nastyFleet();
  const lines = (await fleet.azfleet(['list'])).stdout.trimEnd().split('\n');
  expect(lines).toHaveLength(5);
  expect(lines.find((line) => line.startsWith(nasty.name))).toContain('note=a\\e[31mred\\nnext\\tcell, "quoted"');
});

test('on a terminal of 40 columns no line is longer', async () => {
  const fleet = await nastyFleet();
  const { stdout } = await fleet.azfleet(['list', '--color', 'never'], { columns: 40 });
  for (const line of stdout.split('\n')) expect(Array.from(line).length).toBeLessThanOrEqual(40);
  expect(stdout).toContain('NAME');
  expect(stdout).toContain('STATE');
});

test.each([
  [{ columns: 100 }, [], true],
  [{ columns: 100, env: { NO_COLOR: '1' } }, [], false],
  [{ columns: 100, env: { TERM: 'dumb' } }, [], false],
  [{ columns: 100, env: { NO_COLOR: '1' } }, ['--color', 'always'], true],
  [{}, [], false],
  [{ env: { CLICOLOR_FORCE: '1' } }, [], true],
  [{ env: { CLICOLOR_FORCE: '0' } }, [], false],
  [{}, ['--color', 'always'], true],
])('%j %j: colour %s', async (options, flags, coloured) => {
  const fleet = await testFleet({ machines: 2 });
  const { stdout } = await fleet.azfleet(['list', ...flags], options);
  expect(stdout.includes('\u001b[')).toBe(coloured);
});

test('--query picks, and prints in the form that is asked for', async () => {
  const fleet = await testFleet({ machines: 6 });
  const query = async (expression: string, ...flags: string[]) =>
    (await fleet.azfleet(['list', '--query', expression, ...flags])).stdout;
  const names = fleet.sim.fleet
    .machines()
    .map(({ name }) => name)
    .toSorted();
  expect(JSON.parse(await query('vms[].name | sort(@)'))).toEqual(names);
  expect(await query('vms[].name | sort(@)', '-o', 'tsv')).toBe(`${names.join('\n')}\n`);
  expect(await query('length(vms)', '-o', 'ndjson')).toBe('6\n');
  expect(await query('vms[?name==`"nope"`]', '-o', 'table')).toBe('');
  expect(await query(`vms[?name=='${names[0]}'].{n:name,s:size}`, '-o', 'csv')).toMatch(
    new RegExp(`^n,s\\n${names[0]},`),
  );
  expect(await query('vms[].[name,location]', '-o', 'table')).toMatch(/^COLUMN1 +COLUMN2\n/);
  expect(await query('meta', '-o', 'csv')).toContain('azureCalls');
});

test('--columns by their names and by the names of JSON members', async () => {
  const fleet = await testFleet({ machines: 2 });
  const { stdout } = await fleet.azfleet(['list', '--columns', 'name,powerState,tag:env,id', '-o', 'csv']);
  expect(stdout.split('\n')[0]).toBe('name,state,tag:env,id');
});

test('what filters hid is counted, on stderr and in the JSON', async () => {
  const fleet = await testFleet({ machines: 20 });
  const running = fleet.sim.fleet.machines().filter(({ powerState }) => powerState === 'running').length;
  const { stdout, stderr } = await fleet.azfleet(['list', '--state', 'running', '-o', 'json']);
  expect(JSON.parse(stdout).filters).toEqual({ matched: running, total: 20 });
  expect(stderr).toContain(`${running} of 20 machines: ${running} running`);
});

test('an empty list is no error; a name that is not there is told with the nearest one', async () => {
  const fleet = await testFleet({ machines: 3 });
  const { name } = fleet.sim.fleet.machines()[0]!;
  const { exitCode, stdout, stderr } = await fleet.azfleet(['list', `${name}x`]);
  expect([exitCode, stdout]).toEqual([0, '']);
  expect(stderr).toContain(`no machine is called '${name}x'; did you mean '${name}'?`);
});

test('a query does not reach behind the data, and its csv and tsv are safe for a terminal', async () => {
  const fleet = await testFleet({ machines: 2 });
  fleet.sim.fleet.change('web-01', { tags: { k: '\u001b[31mRED', constructor: 'x' } });
  fleet.sim.fleet.change('api-01', { tags: { k: 'plain' } });
  const csv = await fleet.azfleet(['list', '--query', 'vms[].tags', '-o', 'csv']);
  expect(csv.stdout).toBe('k,constructor\n\u001b[31mRED,x\nplain,\n');
  for (const format of ['csv', 'tsv']) {
    const { stdout } = await fleet.azfleet(['list', '--query', 'vms[].tags.k', '-o', format], { columns: 80 });
    expect(stdout).toContain('\\e[31mRED');
  }
});
