import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { executable } from './support/cli.ts';
import { type Home, testHome } from './support/home.ts';

/** An editor that does what the script says with the `text` of the file, as `$VISUAL` would name it. */
function editor(home: Home, script: string): Record<string, string> {
  const path = join(home.directory, 'an editor.mjs');
  writeFileSync(
    path,
    `import { readFileSync, writeFileSync } from 'node:fs';
const file = process.argv.at(-1);
let text = readFileSync(file, 'utf8');
${script}
writeFileSync(file, text);`,
  );
  chmodSync(path, 0o700);
  return { VISUAL: `"${process.execPath}" '${path}' --wait` };
}

test('what the editor leaves becomes the file', async () => {
  const home = testHome('# mine\n[ssh]\nport = 22\n');
  const env = editor(home, `text = text.replace('22', '2222');`);
  expect(await home.azfleet(['config', 'edit'], env)).toEqual({ exitCode: 0, stdout: '', stderr: '' });
  expect(home.config()).toBe('# mine\n[ssh]\nport = 2222\n');
});

test('a new file begins with the schema for editors, and is not made if nothing is added', async () => {
  const home = testHome();
  const nothing = await home.azfleet(['config', 'edit'], editor(home, ''));
  expect(nothing).toEqual({ exitCode: 0, stdout: '', stderr: 'nothing changed\n' });
  expect(existsSync(home.configFile)).toBe(false);
  await home.azfleet(['config', 'edit'], editor(home, `text += 'default_context = "x"\\n[contexts.x]\\n';`));
  expect(home.config()).toMatch(/^#:schema \S+\ndefault_context = "x"\n/);
});

/** What is left in the state directory. */
function leftovers(home: Home): string[] {
  const directory = join(home.directory, '.local/state/azfleet');
  return existsSync(directory) ? readdirSync(directory) : [];
}

test('an editor that removes the file is told in one line, and the original stays', async () => {
  const home = testHome('[ssh]\nport = 22\n');
  const env = editor(home, `(await import('node:fs')).rmSync(file); process.exit(0);`);
  expect(await home.azfleet(['config', 'edit'], env)).toEqual({
    exitCode: 2,
    stdout: '',
    stderr:
      'azfleet: the editor removed the file that it was given; nothing was changed; set VISUAL or EDITOR to another editor\n',
  });
  expect([home.config(), leftovers(home)]).toEqual(['[ssh]\nport = 22\n', []]);
});

test.each([
  ['fails', { EDITOR: 'false' }],
  ['is not there', { EDITOR: '/no/such/editor' }],
])('an editor that %s and wrote nothing leaves nothing', async (_, env) => {
  const home = testHome('[ssh]\nport = 22\n');
  const { exitCode, stderr } = await home.azfleet(['config', 'edit'], env);
  expect(exitCode).toBe(2);
  expect(stderr).toContain('nothing was changed; set VISUAL or EDITOR to another editor');
  expect(leftovers(home)).toEqual([]);
});

test('a file that was not valid and was not edited leaves nothing', async () => {
  const home = testHome('[ssh\n');
  const { stderr } = await home.azfleet(['config', 'edit'], editor(home, ''));
  expect(stderr).toContain(`${home.configFile} is as it was: the text is not valid\n`);
  expect(leftovers(home)).toEqual([]);
});

/** Where the text was kept. */
function keptText(stderr: string): string {
  return readFileSync(/your text is in (\S+?)(?:;|\n|$)/.exec(stderr)?.[1] ?? '', 'utf8');
}

test('a text that is not valid is told, the file stays as it was, and the text is kept', async () => {
  const home = testHome('[ssh]\nport = 22\n');
  const { exitCode, stderr } = await home.azfleet(['config', 'edit'], editor(home, `text += 'agent = "on"\\n';`));
  expect(exitCode).toBe(2);
  expect(stderr).toContain(`azfleet: ${home.configFile}:3:9: ssh.agent: expected "auto" or "off", got "on"`);
  expect(stderr).toContain(`${home.configFile} is as it was: the text is not valid`);
  expect(keptText(stderr)).toBe('[ssh]\nport = 22\nagent = "on"\n');
  expect(home.config()).toBe('[ssh]\nport = 22\n');
});

test('a file that is not valid can be edited', async () => {
  const home = testHome('[ssh\nport = 22\n');
  await home.azfleet(['config', 'edit'], editor(home, `text = text.replace('[ssh', '[ssh]');`));
  expect(home.config()).toBe('[ssh]\nport = 22\n');
});

test('a change by another program meanwhile is not overwritten', async () => {
  const home = testHome('[ssh]\nport = 22\n');
  const env = editor(
    home,
    `writeFileSync(${JSON.stringify(home.configFile)}, 'theirs = 1\\n'); text = text.replace('22', '2222');`,
  );
  const { exitCode, stderr } = await home.azfleet(['config', 'edit'], env);
  expect(exitCode).toBe(2);
  expect(stderr).toContain('is as it was: another program changed the file meanwhile');
  expect(keptText(stderr)).toContain('2222');
  expect(home.config()).toBe('theirs = 1\n');
});

test('an editor that fails changes nothing, and the text is kept', async () => {
  const home = testHome('[ssh]\nport = 22\n');
  const failing = await home.azfleet(
    ['config', 'edit'],
    editor(home, `text += '# x'; writeFileSync(file, text); process.exit(3);`),
  );
  expect(failing.exitCode).toBe(2);
  expect(failing.stderr).toContain('it ended with 3');
  expect(keptText(failing.stderr)).toContain('# x');
  const missing = await home.azfleet(['config', 'edit'], { VISUAL: ' ', EDITOR: '/no/such/editor' });
  expect(missing.stderr).toContain("the editor '/no/such/editor' failed: spawn /no/such/editor ENOENT");
  expect(home.config()).toBe('[ssh]\nport = 22\n');
});

const hasScript = spawnSync('script', ['--version']).status === 0;

test.skipIf(!hasScript)('on a terminal, a text that is not valid is edited again', async () => {
  const home = testHome('[ssh]\nport = 22\n');
  const env = editor(home, `text = text.includes('0') ? text.replace('0', '2200') : text.replace('22', '0');`);
  const command = [process.execPath, executable, 'config', 'edit'].map((word) => `'${word}'`).join(' ');
  const { status, stdout } = spawnSync('script', ['--quiet', '--return', '--command', command, '/dev/null'], {
    env: { PATH: process.env['PATH'], HOME: home.directory, AZFLEET_CONFIG: home.configFile, ...env },
    input: 'y\n',
    encoding: 'utf8',
  });
  expect(stdout).toContain('expected a whole number from 1 to 65535, got 0');
  expect(stdout).toContain('Edit again? [Y/n]');
  expect([status, home.config()]).toEqual([0, '[ssh]\nport = 2200\n']);
});
