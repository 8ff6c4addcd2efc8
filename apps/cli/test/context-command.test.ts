import { expect, test } from 'vitest';
import { testHome } from './support/home.ts';

const text = `default_context = "work"

# at work
[contexts.work]
subscriptions = ["a", "b"]
[contexts.work.ssh]
user = "ops"

# at home
[contexts."my home"]
endpoint = "https://localhost:8443"
`;

test('list: every context, and which is used', async () => {
  const home = testHome(text);
  const { stdout, exitCode } = await home.azfleet(['context', 'list']);
  expect(exitCode).toBe(0);
  expect(stdout.split('\n').map((line) => line.trim().split(/ {2,}/))).toEqual([
    ['NAME', 'SUBSCRIPTIONS', 'WHERE', 'CREDENTIAL'],
    ['*', 'work', 'a b', 'AzurePublic', 'default'],
    ['my home', 'https://localhost:8443', 'default'],
    [''],
  ]);
  const json = await home.azfleet(['context', 'list', '-o', 'json'], { AZFLEET_CONTEXT: 'my home' });
  expect(JSON.parse(json.stdout)).toMatchObject({
    schemaVersion: 1,
    contexts: [
      { name: 'work', current: false, subscriptions: ['a', 'b'], endpoint: null },
      { name: 'my home', current: true, endpoint: 'https://localhost:8443' },
    ],
  });
  expect((await testHome().azfleet(['context', 'list'])).stderr).toContain('azfleet context set NAME');
});

test('use: the default from now on', async () => {
  const home = testHome(text);
  expect(await home.azfleet(['context', 'use', 'my home'])).toEqual({ exitCode: 0, stdout: '', stderr: '' });
  expect(home.config()).toBe(text.replace('"work"', '"my home"'));
  const wrong = await home.azfleet(['context', 'use', 'wrk']);
  expect([wrong.exitCode, wrong.stderr]).toEqual([2, `azfleet: no context named "wrk"; did you mean 'work'?\n`]);
});

test('show: what is in force there, and where it comes from', async () => {
  const home = testHome(text);
  const { stdout, stderr } = await home.azfleet(['context', 'show']);
  expect(stdout).toMatch(new RegExp(`ssh.user +ops +${home.configFile}:7`));
  expect(stderr).toBe('context work\n');
  const other = await home.azfleet(['context', 'show', 'my home', '-o', 'json']);
  const { context, settings } = JSON.parse(other.stdout) as {
    context: string;
    settings: { key: string; value: unknown }[];
  };
  expect(context).toBe('my home');
  expect(settings.find(({ key }) => key === 'endpoint')?.value).toBe('https://localhost:8443');
  expect((await home.azfleet(['context', 'show', 'hom'])).exitCode).toBe(2);
});

test('set: makes a context, changes keys, makes lists, removes keys', async () => {
  const home = testHome();
  const made = await home.azfleet([
    'context',
    'set',
    'lab',
    'subscriptions=x',
    'subscriptions=y',
    'resource_group=web',
  ]);
  expect(made).toEqual({ exitCode: 0, stdout: '', stderr: 'use it with: azfleet context use lab\n' });
  await home.azfleet(['context', 'use', 'lab']);
  await home.azfleet(['context', 'set', 'lab', 'ssh.user=ops', 'ssh.ports.vm-1=2201', 'resource_group=']);
  expect(home.config().split('\n').slice(1).join('\n')).toBe(`default_context = "lab"

[contexts.lab]
subscriptions = ["x", "y"]

[contexts.lab.ssh]
user = "ops"

[contexts.lab.ssh.ports]
vm-1 = 2201
`);
});

test('set: all keys or none', async () => {
  const home = testHome(text);
  const { exitCode, stderr } = await home.azfleet(['context', 'set', 'work', 'tenant=t', 'clod=AzureChina']);
  expect([exitCode, stderr]).toEqual([
    2,
    'azfleet: contexts.work.clod: unknown key; did you mean contexts.work.cloud?\n',
  ]);
  expect(home.config()).toBe(text);
  expect((await home.azfleet(['context', 'set', 'work', 'tenant'])).stderr).toContain("'tenant' is not KEY=VALUE");
  expect((await home.azfleet(['context', 'set', 'work', 'ssh..user=x'])).stderr).toContain("'ssh..user' is not a key");
  expect((await home.azfleet(['context', 'set', 'work', 'endpoint=http://x'])).stderr).toContain(
    'expected an https:// address',
  );
});

test('delete: the context with all its tables, and the default if it was that', async () => {
  const home = testHome(text);
  const { exitCode, stderr } = await home.azfleet(['context', 'delete', 'work']);
  expect(exitCode).toBe(0);
  expect(stderr).toContain('it was the default context');
  expect(home.config()).toBe('\n# at work\n\n# at home\n[contexts."my home"]\nendpoint = "https://localhost:8443"\n');
  expect((await home.azfleet(['context', 'delete', 'work'])).stderr).toContain(
    'no context named "work"; known: my home',
  );
});

test('a default context that is not there can be put right', async () => {
  const home = testHome('default_context = "gone"\n[contexts.work]\n');
  expect((await home.azfleet(['list'])).exitCode).toBe(2);
  expect((await home.azfleet(['context', 'list'])).stdout).toContain('work');
  expect((await home.azfleet(['context', 'use', 'work'])).exitCode).toBe(0);
  expect(home.config()).toContain('default_context = "work"');
});

test('where a flag would mean nothing, it is refused', async () => {
  const { exitCode, stderr } = await testHome(text).azfleet(['context', 'use', 'work', '--context', 'home']);
  expect([exitCode, stderr]).toEqual([2, 'azfleet: context use takes no --context; usage: azfleet context use NAME\n']);
});

test('set: removals of what is not there make no context, and are told', async () => {
  const home = testHome(text);
  const none = await home.azfleet(['context', 'set', 'w2', 'subscriptions=']);
  expect([none.exitCode, none.stderr]).toEqual([
    2,
    'azfleet: no context named "w2", and KEY= makes none; give it a value, such as subscriptions=ID\n',
  ]);
  const nothing = await home.azfleet(['context', 'set', 'work', 'tenant=', 'cloud=']);
  expect([nothing.exitCode, nothing.stderr]).toEqual([0, 'azfleet: context work sets no tenant, cloud\n']);
  const wrong = await home.azfleet(['context', 'set', 'work', 'tenan=']);
  expect([wrong.exitCode, wrong.stderr]).toEqual([
    2,
    'azfleet: contexts.work.tenan: unknown key; did you mean contexts.work.tenant?\n',
  ]);
  expect(home.config()).toBe(text);
});

test.each([
  ['--context', ['list', '--context', 'wrok'], {}, '--context'],
  ['AZFLEET_CONTEXT', ['list'], { AZFLEET_CONTEXT: 'wrok' }, '$AZFLEET_CONTEXT'],
])('an unknown context in %s is refused with the nearest one', async (_, args, env, from) => {
  const { exitCode, stderr } = await testHome(text).azfleet(args, env);
  expect([exitCode, stderr]).toEqual([2, `azfleet: ${from}: no context named "wrok"; did you mean "work"?\n`]);
});
