import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, onTestFinished, test } from 'vitest';
import { run } from '../src/cli.ts';
import { capturedIo, executable, runProcess } from './support/cli.ts';

const clock = { now: () => Date.now(), setTimeout: () => 0, clearTimeout: () => {} };

/** A home whose `.ssh/config` would lead the simulated machines astray. */
function home(): string {
  const directory = mkdtempSync(join(tmpdir(), 'azfleet-sim-ssh-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  mkdirSync(join(directory, '.ssh'), { mode: 0o700 });
  writeFileSync(join(directory, '.ssh/config'), 'Host *\n  HostName elsewhere.invalid\n  ProxyCommand false\n');
  return directory;
}

/** Runs `azfleet sim` in this process until `Ctrl-C`. */
async function described(flags: readonly string[]): Promise<{ stdout: string; stderr: string }> {
  const io = capturedIo({ PATH: process.env['PATH'], HOME: '/nonexistent' }, clock);
  const ended = run(['sim', '--machines', '6', ...flags], io);
  while (!io.printed.stderr.includes('Ctrl-C')) await new Promise((resolve) => setImmediate(resolve));
  io.interrupt();
  expect(await ended).toBe(0);
  return io.printed;
}

async function refused(...flags: string[]): Promise<string> {
  const io = capturedIo({ PATH: process.env['PATH'], HOME: '/nonexistent' }, clock);
  expect(await run(['sim', ...flags, '--', 'true'], io)).toBe(2);
  return io.printed.stderr;
}

test('sim -- azfleet run just works, whatever the own ~/.ssh says, and leaves that alone', async () => {
  const HOME = home();
  const { exitCode, stdout } = await runProcess(
    ['sim', '--machines', '3', '--', 'azfleet', 'run', '--all', '--group', '--', 'whoami'],
    { PATH: process.env['PATH'], HOME },
  );
  expect(exitCode).toBe(0);
  expect(stdout).toContain('azureuser');
  expect(existsSync(join(HOME, '.ssh/known_hosts'))).toBe(false);
});

test('another command finds this azfleet on its PATH, and keeps its own home', async () => {
  const HOME = home();
  const script = 'echo "home $HOME"; azfleet run web-01 -- hostname';
  const env = { PATH: process.env['PATH'], HOME };
  const { exitCode, stdout } = await runProcess(['sim', '--machines', '3', '--', 'sh', '-c', script], env);
  expect(exitCode).toBe(0);
  expect(stdout).toBe(`home ${HOME}\nweb-01\n`);
});

test('the lines for a shell put this azfleet in front, and it reaches the machines', async () => {
  const HOME = home();
  const env = { PATH: process.env['PATH'], HOME };
  const child = spawn(process.execPath, [executable, 'sim', '--machines', '3'], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill());
  const lines: string[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => lines.push(line));
  let notice = '';
  await new Promise<void>((resolve) =>
    child.stderr.on('data', (text) => (notice += String(text)).includes('Ctrl-C') && resolve()),
  );
  expect(notice).toContain('azfleet run --state running -- hostname');
  const shell = spawn('sh', ['-c', `${lines.join('\n')}\nazfleet run db-01 -- hostname`], { env });
  let printed = '';
  shell.stdout.on('data', (text) => (printed += text));
  await new Promise((resolve) => shell.on('close', resolve));
  expect(printed).toBe('db-01\n');
});

test('-o json tells where the machines answer, and the key that signs in', async () => {
  const { stdout } = await described(['-o', 'json', '--dead', '1']);
  const { env, bin, ssh } = JSON.parse(stdout);
  expect(ssh).toMatchObject({
    port: expect.any(Number),
    identityFile: expect.stringMatching(/\.ssh\/id_ed25519$/),
    configFile: expect.stringMatching(/\.ssh\/config$/),
    dead: [expect.stringMatching(/^\w+-\d+$/)],
  });
  const endpoints = Object.entries<{ host: string; port: number }>(ssh.endpoints);
  expect(endpoints.length).toBeGreaterThan(3);
  for (const [, { port }] of endpoints) expect(port).toBe(ssh.port);
  expect(env.AZFLEET_CONTEXT).toBe('sim');
  expect(env.HOME).toBeUndefined();
  expect(bin).toMatch(/bin$/);
});

test('a launcher for Windows sets the home that Windows knows', async () => {
  const io = { ...capturedIo({ PATH: process.env['PATH'], HOME: '/nonexistent' }, clock), platform: 'win32' as const };
  const ended = run(['sim', '--machines', '1'], io);
  while (!io.printed.stderr.includes('Ctrl-C')) await new Promise((resolve) => setImmediate(resolve));
  const [, bin] = /^\$env:PATH = '([^']+);' \+ \$env:PATH$/m.exec(io.printed.stdout)!;
  const launcher = readFileSync(join(bin!, 'azfleet.cmd'), 'latin1');
  io.interrupt();
  await ended;
  expect(launcher).toMatch(/^@setlocal\r\n@set "USERPROFILE=[^"]+"\r\n@".*" ".*azfleet\.cjs" %\*\r\n$/s);
});

test('dead machines are named, and say nothing', async () => {
  const { stderr } = await described(['--dead', '2']);
  expect(stderr).toMatch(/^Dead, and silent: \w+-\d+, \w+-\d+\.$/m);
  const dead = await runProcess(
    ['sim', '--machines', '3', '--dead', '1', '--', 'azfleet', 'run', '--all', '--connect-timeout', '2s', '--', 'true'],
    { PATH: process.env['PATH'], HOME: home() },
  );
  expect(dead.exitCode).toBe(124);
  expect(dead.stderr).toContain('2 ok · 1 timed out');
});

test('--no-ssh has no hosts, and neither have many machines, unless they are asked for', async () => {
  const none = await described(['--no-ssh', '-o', 'json']);
  expect(JSON.parse(none.stdout).ssh).toBeNull();
  expect(none.stderr).not.toContain('SSH');
  const many = await described(['--subscriptions', '100', '-o', 'json']); // 600
  expect(JSON.parse(many.stdout).ssh).toBeNull();
  const asked = await described(['--subscriptions', '100', '-o', 'json', '--ssh', '--ssh-latency', '1ms']);
  expect(Object.keys(JSON.parse(asked.stdout).ssh.endpoints).length).toBeGreaterThan(400);
});

test('flags that contradict each other, or cannot be meant', async () => {
  expect(await refused('--no-ssh', '--dead', '1')).toContain('--no-ssh and --dead contradict each other');
  expect(await refused('--no-ssh', '--ssh')).toContain('--no-ssh and --ssh contradict each other');
  expect(await refused('--ssh-latency', 'soon')).toContain("--ssh-latency 'soon' is not a duration");
  expect(await refused('--dead', 'all')).toContain("--dead 'all' is not a whole number");
});
