import { execFile, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { executable } from '../support/cli.ts';
import { configureSsh, fleetOfMachines } from '../support/machines.ts';

const TOLD = 'azfleet: there are not enough open files .* `ulimit -n`';
const prlimit = ['/usr/bin/prlimit', '/bin/prlimit'].find((path) => existsSync(path));

/** Runs azfleet where no more than so many files may be open. */
function withDescriptors(limit: number, env: Readonly<Record<string, string | undefined>>, args: readonly string[]) {
  return new Promise<{ exitCode: number; stderr: string }>((resolve) => {
    const words = ['-c', `ulimit -n ${limit}; exec "$@"`, 'sh', process.execPath, executable, ...args];
    execFile('sh', words, { env }, (error, _stdout, stderr) =>
      resolve({ exitCode: error === null ? 0 : Number(error.code), stderr }),
    );
  });
}

test.skipIf(process.platform === 'win32')(
  'few open files: seen beforehand, said once, and all machines are run on',
  async () => {
    const fleet = await fleetOfMachines(30);
    for (const output of [['-o', 'json'], ['--group']]) {
      const { exitCode, stderr } = await withDescriptors(80, fleet.env, ['run', '--all', ...output, '--', 'hostname']);
      expect(exitCode).toBe(0);
      expect(stderr).toMatch(new RegExp(`^${TOLD}\n30 ok · \\d+\\.\\d s\n$`));
    }
    expect(fleet.sim.stats().ssh!.maxConnections).toBeLessThanOrEqual((80 - 32) / 3);
  },
);

test.skipIf(process.platform === 'win32')(
  'more connections asked for than there can be: as many as there can be',
  async () => {
    const fleet = await fleetOfMachines(30);
    configureSsh(fleet, ['max_connections = 500']);
    const { exitCode, stderr } = await withDescriptors(80, fleet.env, ['run', '--all', '--', 'true']);
    expect([exitCode, stderr]).toEqual([0, expect.stringMatching(new RegExp(`^${TOLD}\n30 ok · `))]);
  },
);

test.skipIf(process.platform === 'win32')('with enough of them for all that are meant, nothing is said', async () => {
  const { env } = await fleetOfMachines(2);
  const { stderr } = await withDescriptors(100, env, ['run', '--all', '--', 'true']);
  expect(stderr).toMatch(/^2 ok · /);
});

test.skipIf(prlimit === undefined)(
  'they run out while it runs: the width goes down, that is said once, and all machines are run on',
  async () => {
    const fleet = await fleetOfMachines(60);
    const { env, sim } = fleet;
    configureSsh(fleet, ['max_idle = 0']);
    await fleet.azfleet(['run', '--all', '--', 'true']); // their keys are known then
    const before = sim.stats().ssh!.commands;
    const child = spawn(
      process.execPath,
      [executable, 'run', '--all', '--width', '20', '--quiet', '--explain', '--', 'sleep 0.1'],
      {
        env,
        stdio: ['ignore', 'ignore', 'pipe'],
      },
    );
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    while (sim.stats().ssh!.commands === before) await new Promise((resolve) => setImmediate(resolve));
    execFileSync(prlimit!, [`--pid=${child.pid}`, '--nofile=34']);
    const [code] = await once(child, 'close');
    expect([code, stderr]).toEqual([0, expect.stringMatching(new RegExp(`^${TOLD}\n60 ok · \\d+\\.\\d s\n`))]);
    expect(stderr.match(new RegExp(TOLD, 'g'))).toHaveLength(1);
    expect(Number(/the width was (\d+) in the end/.exec(stderr)![1])).toBeLessThan(20);
  },
);
