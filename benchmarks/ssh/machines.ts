import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where a machine answers, for whoever is to connect to it. */
export interface SshMachine {
  /** As `ssh -F` knows it. */
  readonly name: string;
  readonly host: string;
  readonly port: number;
  readonly user: string;
  /** As known_hosts has it. */
  readonly hostKey: string;
}

/** Machines that every SSH client can be pointed at: all of them get the same address, user and keys. */
export interface SshMachines {
  /** A folder of the benchmark's own. */
  readonly home: string;
  readonly machines: readonly SshMachine[];
  /** For ssh and those that call it. */
  readonly sshConfig: string;
  /** For the Node programs in this folder: see clients.mjs. */
  readonly list: string;
  /** SSH hand-shakes so far, as the servers have counted them. */
  handshakes(): number;
}

/** Writes what the clients need to know. The home of the user is not looked into. */
export function writeClientFiles(
  home: string,
  identityFile: string,
  machines: readonly SshMachine[],
): Pick<SshMachines, 'sshConfig' | 'list'> {
  const write = (name: string, text: string): string => {
    const path = join(home, name);
    writeFileSync(path, text, { mode: 0o600 });
    return path;
  };
  const knownHosts = write(
    'known_hosts',
    machines.map(({ host, port, hostKey }) => `[${host}]:${port} ${hostKey}\n`).join(''),
  );
  const hosts = machines.flatMap(({ name, host, port, user }) => [
    `Host ${name}`,
    `  HostName ${host}`,
    `  Port ${port}`,
    `  User ${user}`,
  ]);
  const common = [
    'Host *',
    `  IdentityFile ${identityFile}`,
    '  IdentitiesOnly yes',
    '  IdentityAgent none',
    `  UserKnownHostsFile ${knownHosts}`,
    '  GlobalKnownHostsFile none',
    '  BatchMode yes',
    '  LogLevel ERROR',
  ];
  return {
    sshConfig: write('ssh_config', `${[...hosts, ...common].join('\n')}\n`),
    list: write('machines.json', JSON.stringify({ home, identityFile, knownHosts, machines })),
  };
}
