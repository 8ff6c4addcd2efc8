import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fleetOfMachines } from '../support/machines.ts';

const SECRET = 'pa55word-of-the-day';

/** All files below a directory, with what is in them. */
function filesBelow(directory: string): { path: string; text: string }[] {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .map((name) => join(directory, name))
    .filter((path) => statSync(path).isFile())
    .map((path) => ({ path, text: readFileSync(path, 'latin1') }));
}

test('neither the command nor its output is in any file, nor in --explain', async () => {
  const { azfleet, ssh, sandbox } = await fleetOfMachines(3);
  ssh.inject('vm-02', 'refuse');
  const command = `echo ${SECRET}; exit 1`;
  for (const output of [[], ['--group'], ['-o', 'json'], ['--quiet']]) {
    const { stderr } = await azfleet(['run', '--all', '--explain', ...output, '--', command]);
    expect(stderr).toContain('hand-shakes');
    expect(stderr).not.toContain(SECRET);
  }
  const files = filesBelow(sandbox.directory);
  expect(files.map(({ path }) => path)).toEqual(expect.arrayContaining([expect.stringMatching(/last-run-sim\.json$/)]));
  expect(files.filter(({ text }) => text.includes(SECRET))).toEqual([]);
  const privateKey = readFileSync(ssh.privateKeyPath, 'utf8').split('\n')[2]!;
  expect(files.filter(({ text }) => text.includes(privateKey)).map(({ path }) => path)).toEqual([
    join(sandbox.directory, '.ssh/id_ed25519'), // where the sandbox put it
  ]);
});

test('what was learned is kept for its owner, apart from what was learned of Azure', async () => {
  const { azfleet, env } = await fleetOfMachines(2);
  await azfleet(['run', '--all', '--', 'true']);
  const file = join(env['AZFLEET_STATE_DIR']!, 'learned-ssh-sim.json');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(Object.keys(JSON.parse(readFileSync(file, 'utf8')).lanes)).toEqual(['direct']);
});
