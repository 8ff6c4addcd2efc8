import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { testHome } from './support/home.ts';

const text = `default_context = "work"

[contexts.work] # mine
subscriptions = ["a", "b"]
ssh.user = "ops"

[ssh]
user = "me"
idle_timeout = "90s"
`;

test('path: where the file is, whether or not it is there or valid', async () => {
  const home = testHome('[broken');
  expect(await home.azfleet(['config', 'path'])).toEqual({ exitCode: 0, stdout: `${home.configFile}\n`, stderr: '' });
});

test.each([
  ['ssh.user', 'ops'],
  ['ssh.idle_timeout', '1m30s'],
  ['cache.max_size', '64MB'],
  ['subscriptions', '["a", "b"]'],
  ['auth.token_cache', 'true'],
  ['default_context', 'work'],
  ['contexts.work.ssh.user', 'ops'],
])('get %s: %s', async (key, value) => {
  expect(await testHome(text).azfleet(['config', 'get', key])).toEqual({
    exitCode: 0,
    stdout: `${value}\n`,
    stderr: '',
  });
});

test('get --show-origin: file and line, variable, flag or default', async () => {
  const home = testHome(text);
  const { stdout } = await home.azfleet(['config', 'get', '--show-origin', '-o', 'json']);
  const { settings } = JSON.parse(stdout) as { settings: { key: string; value: unknown; origin: string }[] };
  const origins = Object.fromEntries(settings.map(({ key, origin }) => [key, origin]));
  expect(origins).toMatchObject({
    default_context: `${home.configFile}:1`,
    subscriptions: `${home.configFile}:4`,
    'ssh.user': `${home.configFile}:5`,
    'ssh.idle_timeout': `${home.configFile}:9`,
    'ssh.port': 'default',
  });
  const one = await home.azfleet(['config', 'get', 'ssh.user', '--show-origin']);
  expect(one.stdout).toBe(`${home.configFile}:5\tops\n`);
  const other = testHome('');
  const variable = await other.azfleet(['config', 'get', 'subscriptions', '--show-origin'], {
    AZURE_SUBSCRIPTION_ID: 'x',
  });
  expect(variable.stdout).toBe('$AZURE_SUBSCRIPTION_ID\t["x"]\n');
});

test('get: a table of settings, or all of them', async () => {
  const home = testHome(text);
  const { stdout } = await home.azfleet(['config', 'get', 'ssh']);
  expect(stdout).toMatch(/^KEY +VALUE\nssh.user +ops\n/);
  expect(stdout).not.toContain('cache.');
  expect((await home.azfleet(['config', 'get'])).stdout).toContain('cache.vm_list');
  const unset = await home.azfleet(['config', 'get', 'tenant']);
  expect(unset).toEqual({ exitCode: 0, stdout: '', stderr: 'azfleet: tenant is not set\n' });
});

test('set and unset change one key and nothing else', async () => {
  const home = testHome(text);
  await home.azfleet(['config', 'set', 'ssh.port', '2222']);
  await home.azfleet(['config', 'set', 'ssh.identity_files', '~/.ssh/a', '~/.ssh/b']);
  await home.azfleet(['config', 'set', '--context', 'work', 'ssh.user', 'root']);
  await home.azfleet(['config', 'set', 'contexts.work.cloud', 'AzureChina']);
  await home.azfleet(['config', 'unset', 'ssh.user']);
  expect(home.config()).toBe(`default_context = "work"

[contexts.work] # mine
subscriptions = ["a", "b"]
ssh.user = "root"
cloud = "AzureChina"

[ssh]
idle_timeout = "90s"
port = 2222
identity_files = ["~/.ssh/a", "~/.ssh/b"]
`);
  const { exitCode, stderr } = await home.azfleet(['config', 'unset', 'ssh.user']);
  expect([exitCode, stderr]).toEqual([0, `azfleet: ssh.user is not set in ${home.configFile}\n`]);
});

test('a new file begins with the schema for editors', async () => {
  const home = testHome();
  await home.azfleet(['config', 'set', 'ssh.port', '2222']);
  expect(home.config()).toMatch(/^#:schema https:\/\/\S+\/config\.schema\.json\n\n\[ssh\]\nport = 2222\n$/);
});

test.each([
  [['set', 'ssh.prot', '1'], 'azfleet: ssh.prot: unknown key; did you mean ssh.port?'],
  [['set', 'cloud', 'AzureChina'], 'azfleet: cloud: unknown key; did you mean contexts.NAME.cloud?'],
  [['set', 'ssh.port', '70000'], 'azfleet: ssh.port: expected a whole number from 1 to 65535, got "70000"'],
  [['set', 'cache.vm_list', '5x'], 'azfleet: cache.vm_list: expected a duration such as "5m" or "1h30m", got "5x"'],
  [['set', 'ssh.agent', 'of'], 'azfleet: ssh.agent: expected "auto" or "off", got "of"; did you mean "off"?'],
  [['set', 'ssh..port', '1'], "azfleet: 'ssh..port' is not a key; write it as in TOML"],
  [['set', 'ssh.port'], 'azfleet: config set needs more words; usage: azfleet config set KEY VALUE…'],
  [['get', 'ssh.prot'], "azfleet: ssh.prot: unknown key; did you mean 'ssh.port'?"],
  [['get', 'a', 'b'], "azfleet: config get takes no 'b'; usage: azfleet config get [KEY] [--show-origin]"],
  [['path', '--show-origin'], 'azfleet: config path takes no --show-origin'],
  [['edit', '--context', 'work'], 'azfleet: config edit takes no --context'],
  [['gte'], "azfleet: unknown 'config gte'; did you mean 'config get'?"],
  [[], 'azfleet: config needs one of path, get, set, unset, edit, validate'],
])('config %j: one line, exit code 2, and the file as it was', async (args, line) => {
  const home = testHome(text);
  const { exitCode, stdout, stderr } = await home.azfleet(['config', ...args]);
  expect(stderr.slice(0, line.length)).toBe(line);
  expect(stderr.trimEnd()).not.toContain('\n');
  expect([exitCode, stdout, home.config()]).toEqual([2, '', text]);
});

test('validate: every problem of the configuration and of the sessions, one line each', async () => {
  const home = testHome('[ssh]\nport = 0\nusr = "x"\n');
  writeFileSync(join(home.directory, 'sessions.toml'), 'api = "web-01"\n');
  const { exitCode, stdout, stderr } = await home.azfleet(['config', 'validate']);
  expect([exitCode, stdout]).toEqual([2, '']);
  expect(stderr.split('\n')).toEqual([
    `azfleet: ${home.configFile}:2:8: ssh.port: expected a whole number from 1 to 65535, got 0`,
    `azfleet: ${home.configFile}:3:1: ssh.usr: unknown key; did you mean ssh.user?`,
    `azfleet: ${join(home.directory, 'sessions.toml')}:1:7: api: expected the resource id of a virtual machine, got "web-01"`,
    '',
  ]);
});

test('validate: unknown keys warn; a missing file is fine; another file can be named', async () => {
  const home = testHome('[ssh]\nusr = "x"\n');
  const warned = await home.azfleet(['config', 'validate']);
  expect(warned.exitCode).toBe(0);
  expect(warned.stderr).toBe(
    `azfleet: ${home.configFile}:2:1: ssh.usr: unknown key; did you mean ssh.user?\n${home.configFile} is valid\n`,
  );
  const empty = testHome();
  expect((await empty.azfleet(['config', 'validate'])).stderr).toContain('the defaults are in force');
  expect(existsSync(empty.configFile)).toBe(false);
  const other = await empty.azfleet(['config', 'validate', home.configFile]);
  expect(other.stderr).toBe(warned.stderr);
});

test('a file with problems is refused by every command, one line a problem', async () => {
  const home = testHome('[ssh]\nport = 0\nagent = "on"\n');
  const { exitCode, stderr } = await home.azfleet(['list']);
  expect(exitCode).toBe(2);
  expect(stderr.trimEnd().split('\n')).toEqual([
    `azfleet: ${home.configFile}:2:8: ssh.port: expected a whole number from 1 to 65535, got 0`,
    expect.stringContaining(`azfleet: ${home.configFile}:3:9: ssh.agent: expected "auto" or "off", got "on"`),
  ]);
});

test('set: a default context that is not there is refused, and validate tells where it is', async () => {
  const home = testHome(text);
  const set = await home.azfleet(['config', 'set', 'default_context', 'wrk']);
  expect(set).toEqual({
    exitCode: 2,
    stdout: '',
    stderr: `azfleet: ${home.configFile}: default_context: no context named "wrk"; did you mean "work"?\n`,
  });
  expect(home.config()).toBe(text);
  writeFileSync(home.configFile, text.replace('"work"', '"wrk"'));
  const line = 'default_context: no context named "wrk"; did you mean "work"?\n';
  const validate = await home.azfleet(['config', 'validate']);
  expect(validate).toEqual({ exitCode: 2, stdout: '', stderr: `azfleet: ${home.configFile}:1:19: ${line}` });
  const get = await home.azfleet(['config', 'get', 'ssh.user']);
  expect([get.exitCode, get.stderr]).toEqual([2, `azfleet: ${home.configFile}:1: ${line}`]);
});

test('a broken file is mended key by key, and what remains is told', async () => {
  const home = testHome('[ssh]\nport = "x"\nagent = "on"\nuser = 5\n');
  const unset = await home.azfleet(['config', 'unset', 'ssh.port']);
  expect(unset).toEqual({
    exitCode: 0,
    stdout: '',
    stderr: 'azfleet: 2 problems remain in the file; see: azfleet config validate\n',
  });
  const set = await home.azfleet(['context', 'set', 'work', 'ssh.port=23']);
  expect([set.exitCode, set.stderr]).toEqual([0, unset.stderr]);
  expect((await home.azfleet(['config', 'set', 'ssh.agent', 'off'])).stderr).toContain('1 problem remains');
  expect((await home.azfleet(['config', 'set', 'ssh.user', 'ops'])).stderr).toBe('');
  expect(home.config()).toContain('[ssh]\nagent = "off"\nuser = "ops"\n');
});

test('a file that is not TOML is for the editor', async () => {
  const home = testHome('[ssh]\nuser = "ops\nprot = 1\nport = 0\n');
  const { exitCode, stderr } = await home.azfleet(['config', 'set', 'ssh.port', '23']);
  const broken = `azfleet: ${home.configFile}:2:12: not valid TOML: the string is not closed on this line: user = "ops`;
  expect([exitCode, stderr]).toEqual([2, `${broken}; open it with: azfleet config edit\n`]);
  expect((await home.azfleet(['config', 'validate'])).stderr.split('\n')).toEqual([
    broken,
    `azfleet: ${home.configFile}:3:1: ssh.prot: unknown key; did you mean ssh.port?`,
    `azfleet: ${home.configFile}:4:8: ssh.port: expected a whole number from 1 to 65535, got 0`,
    '',
  ]);
});

test('validate: a file that is named has to be there', async () => {
  const outcome = await testHome().azfleet(['config', 'validate', '/nope.toml']);
  expect(outcome).toEqual({ exitCode: 2, stdout: '', stderr: 'azfleet: there is no /nope.toml\n' });
});

test('get contexts: how to see them', async () => {
  const { exitCode, stderr } = await testHome(text).azfleet(['config', 'get', 'contexts']);
  expect(exitCode).toBe(2);
  expect(stderr).toBe(
    'azfleet: contexts: each has settings of its own; see: azfleet context list, azfleet context show NAME\n',
  );
});

test('unset: a key that there is not is refused with the nearest one', async () => {
  const { exitCode, stderr } = await testHome(text).azfleet(['config', 'unset', 'cache.vm_stats']);
  expect([exitCode, stderr]).toEqual([2, 'azfleet: cache.vm_stats: unknown key; did you mean cache.vm_status?\n']);
});

test('get: controls in a value reach a script, and no terminal', async () => {
  const home = testHome('[ssh]\nuser = "a\\u001b[31mb"\n');
  const get = ['config', 'get', 'ssh.user'];
  expect((await home.azfleet(get)).stdout).toBe('a\u001B[31mb\n');
  expect((await home.azfleet(get, {}, 80)).stdout).toBe('a\\e[31mb\n');
});

test('a pipe for a file is refused, and not waited for', async () => {
  const home = testHome();
  expect(spawnSync('mkfifo', [home.configFile]).status).toBe(0);
  const expected = { exitCode: 2, stderr: expect.stringContaining('it is not a regular file') };
  for (const words of [['get'], ['edit'], ['validate'], ['set', 'ssh.port', '23']]) {
    expect(await home.azfleet(['config', ...words])).toMatchObject(expected);
  }
});
