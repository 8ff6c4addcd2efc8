import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Target } from '../../src/index.ts';
import type { Home } from './home.ts';
import { keygen } from './keys.ts';
import { sshd } from './programs.ts';

if (sshd === undefined) {
  const message = 'There is no sshd: the tests against a real OpenSSH server need the package openssh-server.';
  if (process.env['CI'] !== undefined) throw new Error(message);
  console.warn(`${message} They are skipped.`);
}

/** For `test.skipIf`. */
export const withoutSshd: boolean = sshd === undefined;

export interface Sshd {
  readonly port: number;
  readonly target: Target;
  /** What known_hosts says of it, for its ed25519 key. */
  readonly knownHostsLine: string;
  readonly directory: string;
  pid(): number;
}

/** Starts sshd on a loopback port, as this user, with keys and a configuration of its own. Stopped after the test. */
export async function startSshd(home: Home, settings: readonly string[] = [], name = 'sshd'): Promise<Sshd> {
  const directory = home.file(name);
  mkdirSync(directory, { mode: 0o700 });
  const hostKeys = (['ed25519', 'ecdsa'] as const).map((type) => keygen(join(directory, `host_${type}`), type));
  const authorized = join(directory, 'authorized_keys');
  writeFileSync(authorized, `${home.key.type} ${home.key.publicKey}\n`, { mode: 0o600 });
  // With root's privileges it wants this directory, which the package's service script makes.
  if (process.getuid?.() === 0) mkdirSync('/run/sshd', { recursive: true, mode: 0o755 });
  const port = await freePort();
  const config = join(directory, 'sshd_config');
  const lines = [
    `Port ${port}`,
    'ListenAddress 127.0.0.1',
    ...hostKeys.map((path) => `HostKey ${path}`),
    `AuthorizedKeysFile ${authorized}`,
    'PidFile none',
    'UsePAM no',
    'StrictModes no',
    'LogLevel ERROR',
    'SetEnv SHLVL=2',
    'MaxStartups 1000',
    'UseDNS no',
    'PasswordAuthentication no',
    'KbdInteractiveAuthentication no',
  ];
  // The first value counts: the test's own come first.
  writeFileSync(config, [...settings, ...lines, ''].join('\n'));
  // It insists on being started by its whole path.
  const child = spawn(sshd ?? '', ['-D', '-e', '-f', config], { stdio: ['ignore', 'ignore', 'pipe'] });
  let log = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (log += text));
  onTestFinished(() => stop(child));
  await untilListening(port, child, () => log);
  const publicKey = readFileSync(join(directory, 'host_ed25519.pub'), 'utf8').split(' ').slice(0, 2).join(' ');
  return {
    port,
    directory,
    knownHostsLine: `[127.0.0.1]:${port} ${publicKey}\n`,
    target: { host: '127.0.0.1', port, user: userInfo().username },
    pid: () => child.pid ?? 0,
  };
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill();
  await exited;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function untilListening(port: number, child: ChildProcess, log: () => string): Promise<void> {
  for (;;) {
    if (child.exitCode !== null) throw new Error(`sshd did not start: ${log()}`);
    if (await answers(port)) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('error', () => resolve(false));
    // Its greeting: it serves connections by now.
    socket.once('data', () => {
      socket.destroy();
      resolve(true);
    });
  });
}
