import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { expect, test } from 'vitest';
import { run } from '../src/cli.ts';
import { capturedIo, executable, runProcess } from './support/cli.ts';

const env = { PATH: process.env['PATH'], HOME: '/nonexistent' };

test('sim -- COMMAND runs it with the simulator and ends with its exit code', async () => {
  const listed = await runProcess(['sim', '--machines', '7', '--', 'azfleet', 'list', '-o', 'json'], env);
  expect(listed.exitCode).toBe(0);
  expect(JSON.parse(listed.stdout).vms).toHaveLength(7);
  expect((await runProcess(['sim', '--', process.execPath, '-e', 'process.exit(42)'], env)).exitCode).toBe(42);
  const missing = await runProcess(['sim', '--', 'no-such-command-at-all'], env);
  expect(missing.exitCode).toBe(2);
  expect(missing.stderr).toContain("azfleet: cannot run 'no-such-command-at-all'");
});

test('sim with several subscriptions, a fault, and small buckets', async () => {
  const flags = [
    '--subscriptions',
    '2',
    '--machines',
    '3',
    '--page-size',
    '2',
    '--fault',
    'kind=vm-list,status=503,nth=1',
    '--read-bucket',
    '100',
    '--seed',
    '7',
    '--jitter',
    '1ms',
    '--latency',
    '1ms',
  ];
  const { exitCode, stdout } = await runProcess(['sim', ...flags, '--', 'azfleet', 'list', '-o', 'json'], env);
  expect(exitCode).toBe(0);
  expect(JSON.parse(stdout).vms).toHaveLength(6);
});

test('sim prints what points a shell at it, and Ctrl-C leaves nothing behind', async () => {
  const child = spawn(process.execPath, [executable, 'sim', '-o', 'json'], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const lines = createInterface({ input: child.stdout });
  const printed = JSON.parse(await new Promise<string>((resolve) => lines.once('line', resolve)));
  expect(readFileSync(printed.caPath, 'utf8')).toContain('BEGIN CERTIFICATE');
  const listed = await runProcess(['list', '-o', 'json'], { ...env, ...printed.env });
  expect(JSON.parse(listed.stdout).vms).toHaveLength(20);
  const ended = new Promise((resolve) => child.on('close', resolve));
  child.kill('SIGINT');
  expect(await ended).toBe(0);
  expect(existsSync(printed.env.AZFLEET_CONFIG)).toBe(false);
  expect(existsSync(printed.caPath)).toBe(false);
});

test('the lines for a shell are ones that a shell takes', async () => {
  const child = spawn(process.execPath, [executable, 'sim', '--machines', '2'], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines: string[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => lines.push(line));
  await new Promise<void>((resolve) => child.stderr.on('data', (text) => String(text).includes('Ctrl-C') && resolve()));
  const script = `${lines.join('\n')}\n"${process.execPath}" "${executable}" list -o tsv --columns name`;
  const shell = spawn('sh', ['-c', script], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  let names = '';
  shell.stdout.on('data', (text) => (names += text));
  await new Promise((resolve) => shell.on('close', resolve));
  expect(names.trim().split('\n')).toHaveLength(2);
  child.kill('SIGINT');
  await new Promise((resolve) => child.on('close', resolve));
});

test('a port that is taken is told', async () => {
  const { createServer } = await import('node:net');
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as { port: number };
  const { exitCode, stderr } = await sim('--port', String(port));
  server.close();
  expect(exitCode).toBe(2);
  expect(stderr).toContain(`port ${port} is taken`);
});

const clock = { now: () => Date.now(), setTimeout: () => 0, clearTimeout: () => {} };

test('it tells where it is, how to use it, and at the end how much it was asked', async () => {
  for (const [platform, line] of [
    ['linux', /^export AZFLEET_CONFIG='/m],
    ['win32', /^\$env:AZFLEET_CONFIG = '/m],
  ] as const) {
    const io = { ...capturedIo(env, clock), platform };
    const ended = run(['sim', '--machines', '3', '--subscriptions', '2'], io);
    while (!io.printed.stderr.includes('Ctrl-C')) await new Promise((resolve) => setImmediate(resolve));
    io.interrupt();
    expect(await ended).toBe(0);
    expect(io.printed.stdout).toMatch(line);
    expect(io.printed.stderr).toMatch(/A local Azure at https:.*: 6 machines in 2 subscriptions/);
    expect(io.printed.stderr).toMatch(/The simulator answered 0 requests/);
  }
});

test('a command gets the simulator, whatever it is and however it ends', async () => {
  const flags = [
    '--latency',
    '1ms',
    '--read-bucket',
    '10',
    '--fault',
    'kind=vm-list,subscription=x,delay=1,times=1,retry-after=1,nth=1+2',
  ];
  expect((await sim(...flags, '--', process.execPath, '-e', 'process.exit(7)')).exitCode).toBe(7);
  expect(
    (
      await sim(
        '--fault',
        'drop',
        '--fault',
        'kind=nic-list,hang',
        '--fault',
        'kind=vm-get,truncate',
        '--',
        'azfleet',
        'cache',
        'path',
      )
    ).exitCode,
  ).toBe(0);
  expect(await sim('--', 'no-such-command-at-all')).toMatchObject({ exitCode: 2 });
  expect(await sim('--fault', 'nth=first')).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining("nth 'first' is not a whole number"),
  });
});

async function sim(...args: string[]) {
  const io = capturedIo({ PATH: process.env['PATH'], HOME: '/nonexistent' }, clock);
  const exitCode = await run(['sim', '--machines', '1', ...args], io);
  return { exitCode, ...io.printed };
}
