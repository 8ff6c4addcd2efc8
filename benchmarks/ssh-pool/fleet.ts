import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';

/** One sshd behind as many proxies as there are machines: the same server for everybody, at the same distance. */
export interface Fleet {
  readonly home: string;
  readonly ports: readonly number[];
  /** For ssh and those who call it: a host `mNN` for each machine. */
  readonly sshConfig: string;
  close(): Promise<void>;
}

const sshd = ['/usr/sbin/sshd', '/usr/local/sbin/sshd', '/usr/bin/sshd'].find((path) => existsSync(path));

/** The whole path of a program; undefined where it is not installed. */
export function findProgram(name: string): string | undefined {
  const paths = (process.env['PATH'] ?? '').split(':').map((directory) => join(directory, name));
  return paths.find((path) => existsSync(path));
}

/** Undefined where there is no OpenSSH server. */
export async function startFleet(machines: number, roundTripMs: number): Promise<Fleet | undefined> {
  if (sshd === undefined) return undefined;
  const home = mkdtempSync(join(tmpdir(), 'azfleet-ssh-bench-'));
  mkdirSync(join(home, '.ssh'), { mode: 0o700 });
  const sshdPort = 20_000 + Math.floor(Math.random() * 20_000);
  const server = await startSshd(home, sshdPort);
  const proxy = spawn(
    process.execPath,
    [join(import.meta.dirname, 'delay-proxy.mjs'), String(sshdPort), String(machines), String(roundTripMs / 2)],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const [line] = (await once(proxy.stdout, 'data')) as [Buffer];
  const ports = JSON.parse(line.toString()) as number[];
  const sshConfig = writeClientFiles(home, ports);
  return {
    home,
    ports,
    sshConfig,
    close: async () => {
      await Promise.all([stop(server), stop(proxy)]);
      rmSync(home, { recursive: true, force: true });
    },
  };
}

async function startSshd(home: string, port: number): Promise<ChildProcess> {
  const keygen = findProgram('ssh-keygen') ?? 'ssh-keygen';
  const hostKey = join(home, 'host_key');
  const userKey = join(home, '.ssh/id_ed25519');
  for (const path of [hostKey, userKey]) execFileSync(keygen, ['-q', '-t', 'ed25519', '-N', '', '-f', path]);
  if (process.getuid?.() === 0) mkdirSync('/run/sshd', { recursive: true });
  const lines = [
    `Port ${port}`,
    'ListenAddress 127.0.0.1',
    `HostKey ${hostKey}`,
    `AuthorizedKeysFile ${userKey}.pub`,
    'PidFile none',
    'UsePAM no',
    'StrictModes no',
    'UseDNS no',
    'MaxStartups 1000',
    'LogLevel QUIET',
    // Without it bash reads its .bashrc, which is not what is measured here.
    'SetEnv SHLVL=2',
  ];
  writeFileSync(join(home, 'sshd_config'), `${lines.join('\n')}\n`);
  const child = spawn(sshd ?? '', ['-D', '-f', join(home, 'sshd_config')], { stdio: 'ignore' });
  while (!(await answers(port))) await new Promise((resolve) => setTimeout(resolve, 20));
  return child;
}

function writeClientFiles(home: string, ports: readonly number[]): string {
  const key = readFileSync(join(home, 'host_key.pub'), 'utf8').split(' ').slice(0, 2).join(' ');
  const knownHosts = join(home, '.ssh/known_hosts');
  writeFileSync(knownHosts, ports.map((port) => `[127.0.0.1]:${port} ${key}\n`).join(''), { mode: 0o600 });
  const hosts = ports.map((port, index) => `Host m${index}\n  HostName 127.0.0.1\n  Port ${port}\n`);
  const common = [
    `IdentityFile ${join(home, '.ssh/id_ed25519')}`,
    'IdentitiesOnly yes',
    `UserKnownHostsFile ${knownHosts}`,
    `User ${userInfo().username}`,
    'BatchMode yes',
    'LogLevel ERROR',
  ];
  const path = join(home, 'ssh_config');
  writeFileSync(path, `${hosts.join('')}Host *\n  ${common.join('\n  ')}\n`);
  return path;
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('error', () => resolve(false));
    socket.once('data', () => {
      socket.destroy();
      resolve(true);
    });
  });
}

async function stop(child: ChildProcess): Promise<void> {
  const closed = once(child, 'close');
  child.kill();
  await closed;
}
