import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connect, createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { findProgram } from './find-program.ts';

/** OpenSSH's own server, with throw-away keys, on a loopback port. */
export interface Sshd {
  readonly port: number;
  readonly identityFile: string;
  readonly hostKey: string;
  /** Sign-ins so far. */
  handshakes(): number;
  close(): Promise<void>;
}

const program = ['/usr/sbin/sshd', '/usr/local/sbin/sshd', '/usr/bin/sshd'].find((path) => existsSync(path));

const keygen = findProgram('ssh-keygen');

export const hasSshd = program !== undefined && keygen !== undefined;

/** @throws Error with sshd's own words where it does not start */
export async function startSshd(home: string): Promise<Sshd> {
  const [hostKey, identityFile] = [join(home, 'host_key'), join(home, 'id_ed25519')];
  for (const path of [hostKey, identityFile])
    execFileSync(keygen!, ['-q', '-t', 'ed25519', '-N', '', '-C', '', '-f', path]);
  if (process.getuid?.() === 0) mkdirSync('/run/sshd', { recursive: true });
  const port = await freePort();
  const [config, log] = [join(home, 'sshd_config'), join(home, 'sshd.log')];
  writeFileSync(config, configuration(port, hostKey, identityFile), { mode: 0o600 });
  const server = spawn(program!, ['-D', '-f', config, '-E', log], { stdio: 'ignore' });
  await untilItAnswers(server, port, log);
  return {
    port,
    identityFile,
    hostKey: readFileSync(`${hostKey}.pub`, 'utf8').trim(),
    handshakes: () => readFileSync(log, 'latin1').split('Accepted publickey').length - 1,
    async close() {
      const ended = once(server, 'close');
      server.kill();
      await ended;
    },
  };
}

function configuration(port: number, hostKey: string, identityFile: string): string {
  return [
    `Port ${port}`,
    'ListenAddress 127.0.0.1',
    `HostKey ${hostKey}`,
    `AuthorizedKeysFile ${identityFile}.pub`,
    'PidFile none',
    'UsePAM no',
    'StrictModes no',
    'UseDNS no',
    'MaxStartups 1000',
    // What signs in is logged, and counted.
    'LogLevel INFO',
    // Without it bash reads its .bashrc, which is not what is measured here.
    'SetEnv SHLVL=2',
    '',
  ].join('\n');
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function untilItAnswers(server: ChildProcess, port: number, log: string): Promise<void> {
  while (!(await answers(port))) {
    if (server.exitCode !== null) throw new Error(`sshd does not start: ${readFileSync(log, 'utf8').trim()}`);
    await pause(20);
  }
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
