import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { onTestFinished } from 'vitest';

const sshd = findProgram('sshd', '/usr/sbin', '/usr/local/sbin');
export const sshKeygen = findProgram('ssh-keygen') ?? '';

if (sshd === undefined) {
  const message = 'There is no sshd: the tests against a real OpenSSH server need the package openssh-server.';
  if (process.env['CI'] !== undefined) throw new Error(message);
  console.warn(`${message} They are skipped.`);
}

/** For `test.skipIf`. */
export const withoutSshd: boolean = sshd === undefined;

export interface Sshd {
  readonly port: number;
  /** The private key that signs in. */
  readonly identityFile: string;
  /** What known_hosts says of it. */
  readonly knownHostsLine: string;
  /** Lets another key in: a line as in `authorized_keys`. */
  authorize(publicKey: string): void;
}

/** Starts OpenSSH's server on a loopback port, as this user, with keys and a configuration of its own. */
export async function startSshd(settings: readonly string[] = []): Promise<Sshd> {
  const directory = mkdtempSync(join(tmpdir(), 'azfleet-sshd-'));
  const identityFile = makeKey(join(directory, 'id_ed25519'));
  const hostKey = makeKey(join(directory, 'host_ed25519'));
  const authorized = join(directory, 'authorized_keys');
  const authorize = (publicKey: string): void => writeFileSync(authorized, publicKey, { mode: 0o600, flag: 'a' });
  authorize(readFileSync(`${identityFile}.pub`, 'utf8'));
  // With root's privileges it wants this directory, which the package's service script makes.
  if (process.getuid?.() === 0) mkdirSync('/run/sshd', { recursive: true, mode: 0o755 });
  const port = await freePort();
  const config = join(directory, 'sshd_config');
  const lines = [
    `Port ${port}`,
    'ListenAddress 127.0.0.1',
    `HostKey ${hostKey}`,
    `AuthorizedKeysFile ${authorized}`,
    'PidFile none',
    'UsePAM no',
    'StrictModes no',
    'LogLevel ERROR',
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
  child.stderr.setEncoding('utf8').on('data', (text: string) => (log += text));
  onTestFinished(async () => {
    await stop(child);
    rmSync(directory, { recursive: true, force: true });
  });
  await untilAnswering(port, child, () => log);
  const publicKey = readFileSync(`${hostKey}.pub`, 'utf8').split(' ').slice(0, 2).join(' ');
  return { port, identityFile, knownHostsLine: `[127.0.0.1]:${port} ${publicKey}\n`, authorize };
}

/** The public part of a private key, as `authorized_keys` has it. */
export function publicKeyOf(identityFile: string): string {
  return execFileSync(sshKeygen, ['-y', '-f', identityFile], { encoding: 'utf8' });
}

function makeKey(path: string): string {
  execFileSync(sshKeygen, ['-q', '-t', 'ed25519', '-N', '', '-f', path]);
  return path;
}

function findProgram(name: string, ...places: string[]): string | undefined {
  const directories = [...places, ...(process.env['PATH'] ?? '').split(delimiter)];
  return directories.map((directory) => join(directory, name)).find((path) => existsSync(path));
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
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function untilAnswering(port: number, child: ChildProcess, log: () => string): Promise<void> {
  while (!(await answers(port))) {
    if (child.exitCode !== null) throw new Error(`sshd did not start: ${log()}`);
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
