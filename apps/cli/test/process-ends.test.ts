import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { executable, testFleet } from './support/cli.ts';

// Real processes and real pipes: what a shell does with azfleet.
const node = JSON.stringify(process.execPath);
const bin = JSON.stringify(executable);

async function shellFleet(machines: number) {
  const fleet = await testFleet({ machines });
  await fleet.process(['list']);
  // Not spawnSync: the simulator lives in this very process.
  const sh = (script: string): Promise<{ status: number | null; stdout: string; stderr: string }> =>
    new Promise((resolve) => {
      const child = spawn('bash', ['-c', `set -o pipefail; ${script}`], {
        env: fleet.env,
        cwd: fleet.sandbox.directory,
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      let stdout = '';
      let stderr = '';
      child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
      child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
      child.on('close', (status) => resolve({ status, stdout, stderr }));
    });
  return { ...fleet, sh };
}

test('| head -1 ends quietly, warm and cold', async () => {
  const { sh } = await shellFleet(2000);
  for (const flags of ['', '--no-cache', '-o json']) {
    const { stdout, stderr, status } = await sh(`${node} ${bin} list ${flags} 2>errors | head -1; cat errors >&2`);
    expect(status).toBe(0);
    expect(stdout.trimEnd().split('\n')).toHaveLength(1);
    expect(stderr).not.toMatch(/EPIPE|Error/);
  }
});

test('a slow reader gets everything', async () => {
  const { sh } = await shellFleet(2000);
  const { stdout } = await sh(`${node} ${bin} list -o ndjson | { sleep 0.2; cat; } | wc -l`);
  expect(stdout.trim()).toBe('2000');
});

test('> file, with stdin closed', async () => {
  const { sh, sandbox } = await shellFleet(3);
  expect((await sh(`${node} ${bin} list -o json > out.json <&-`)).status).toBe(0);
  expect(JSON.parse(readFileSync(join(sandbox.directory, 'out.json'), 'utf8')).vms).toHaveLength(3);
});

test('stdout closed from the start', async () => {
  const { sh } = await shellFleet(3);
  expect((await sh(`${node} ${bin} list >&-`)).stderr).not.toMatch(/Error/);
});

test('names on stdin with --targets-from -', async () => {
  const { sh, sim } = await shellFleet(5);
  const [one = '', two = ''] = sim.fleet.machines().map(({ name }) => name);
  const { stdout } = await sh(
    `printf '# mine\\n${one}\\n\\n${two} # too\\n' | ${node} ${bin} list --targets-from - -o tsv --columns name`,
  );
  expect(stdout.trim().split('\n').toSorted()).toEqual([one, two].toSorted());
  expect((await sh(`${node} ${bin} list --targets-from - < /dev/null`)).status).toBe(3);
});

test('the configuration is never read from the current directory', async () => {
  const { sh } = await shellFleet(3);
  const broken =
    'mkdir -p elsewhere/azfleet && cd elsewhere && echo "broken [" | tee config.toml > azfleet/config.toml';
  expect((await sh(`${broken} && ${node} ${bin} list`)).status).toBe(0);
});

// In CI the test runs and fails where script(1) is missing; elsewhere it is skipped.
const noTerminal = !existsSync('/usr/bin/script') && process.env['CI'] === undefined;

test.skipIf(noTerminal)('on a real terminal: colours, a table that fits, and the line on its age', async () => {
  const { sh, sandbox } = await shellFleet(5);
  const log = join(sandbox.directory, 'typescript');
  await sh(`TERM=xterm-256color script -qec 'stty cols 60; ${node} ${bin} list' ${log} < /dev/null`);
  const shown = readFileSync(log, 'utf8');
  expect(shown).toContain('\u001b[32mrunning\u001b[39m');
  expect(shown).toMatch(/from the cache, .* old/);
  expect((await sh(`${node} ${bin} list`)).stdout).not.toContain('\u001b[');
});

test('Ctrl-C while Azure is asked: exit code 130', async () => {
  const fleet = await testFleet({ latencyMs: 60_000 });
  const child = spawn(process.execPath, [executable, 'list'], {
    env: fleet.env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  while (fleet.sim.stats().total === 0) await new Promise((resolve) => setImmediate(resolve));
  child.kill('SIGINT');
  const code = await new Promise((resolve) => child.on('close', resolve));
  expect(code).toBe(130);
  expect(stderr).toBe('azfleet: interrupted\n');
});

test.skipIf(process.platform !== 'linux')('a full disk: one line, no stack', async () => {
  const { sh } = await shellFleet(3);
  const { status, stderr } = await sh(`${node} ${bin} list > /dev/full`);
  expect(status).toBe(1);
  expect(stderr).toMatch(/^azfleet: the output cannot be written \(ENOSPC\)\n/);
});
