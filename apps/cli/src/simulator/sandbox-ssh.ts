import type { AzureSim, SimSsh } from '@azfleet/azure-sim';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What is in the sandbox's `.ssh`. */
export interface SandboxSsh {
  readonly identityFile: string;
  readonly knownHosts: string;
  /** Of all addresses that Azure shows; `undefined` where each has its own, which `.ssh/config` then names. */
  readonly port: number | undefined;
}

/**
 * Writes the sandbox's `.ssh`: the key that signs in, an empty known_hosts, and a `config` with which a plain
 * `ssh -F …/.ssh/config` reaches the machines too. The user's own key agent is not asked.
 */
export function writeSshFiles(sim: AzureSim, directory: string): SandboxSsh {
  const ssh = sim.ssh!;
  const folder = join(directory, '.ssh');
  mkdirSync(folder, { mode: 0o700 });
  const write = (name: string, text: string): string => {
    const path = join(folder, name);
    writeFileSync(path, text, { mode: 0o600, flag: 'wx' });
    return path;
  };
  const identityFile = write('id_ed25519', readFileSync(ssh.privateKeyPath, 'utf8'));
  const knownHosts = write('known_hosts', ssh.reach === 'ports' ? knownMachines(sim, ssh) : '');
  write('config', sshConfig(ssh, identityFile, knownHosts));
  return { identityFile, knownHosts, port: ssh.port };
}

function sshConfig(ssh: SimSsh, identityFile: string, knownHosts: string): string {
  return [
    ...(ssh.reach === 'ports' ? redirections(ssh) : []),
    'Host *',
    ...(ssh.port === undefined ? [] : [`  Port ${ssh.port}`]),
    `  IdentityFile ${configPath(identityFile)}`,
    '  IdentitiesOnly yes',
    '  IdentityAgent none',
    `  UserKnownHostsFile ${configPath(knownHosts)}`,
    '  StrictHostKeyChecking accept-new',
    '',
  ].join('\n');
}

/** A path as ssh_config takes it: with blanks in it, and without tokens. */
function configPath(path: string): string {
  return `"${path.replaceAll('%', '%%')}"`;
}

/** Where there is one loopback address only, the addresses that Azure shows lead to it, each to a port of its own. */
function redirections(ssh: SimSsh): string[] {
  return [...ssh.endpoints()].flatMap(([address, { host, port }]) => [
    `Host ${address}`,
    `  HostName ${host}`,
    `  Port ${port}`,
  ]);
}

/** No new key is accepted where `.ssh/config` leads elsewhere: the keys are there from the start. */
function knownMachines(sim: AzureSim, ssh: SimSsh): string {
  const endpoints = ssh.endpoints();
  const lines = sim.fleet.machines().flatMap(({ id, publicIps, privateIps }) =>
    [...publicIps, ...privateIps].flatMap((address) => {
      const endpoint = endpoints.get(address);
      return endpoint === undefined ? [] : [`[${endpoint.host}]:${endpoint.port} ${ssh.hostKey(id)}\n`];
    }),
  );
  return lines.join('');
}
