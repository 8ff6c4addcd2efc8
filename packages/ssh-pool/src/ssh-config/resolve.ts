import { dirname } from 'node:path';
import { SshPoolError } from '../errors.ts';
import { fitsPatternList } from '../host-pattern.ts';
import type { UserEnvironment } from '../paths.ts';
import type { ConfigFiles, ConfigLine } from './config-lines.ts';
import { includedFiles } from './include.ts';
import { matchApplies } from './match.ts';

/** What ssh_config says about a machine. Paths are as written: tokens are expanded when the rest is known. */
export interface HostConfig {
  hostName?: string;
  user?: string;
  port?: number;
  identityFiles: string[];
  identitiesOnly?: boolean;
  identityAgent?: string;
  hostKeyAlias?: string;
  userKnownHostsFiles?: string[];
  /** ProxyJump or ProxyCommand, whichever comes first: that is the one that ssh obeys. */
  proxy?: { kind: 'jump' | 'command'; value: string; where: string };
  /** Files of certificates, which cannot be used. */
  certificateFiles: string[];
}

export interface ConfigQuestion {
  /** The machine's name, then its address: what the first says, the second does not change. */
  readonly names: readonly string[];
  /** The user, where the caller has decided. */
  readonly user?: string | undefined;
}

// As in OpenSSH's readconf.c.
const deepestInclude = 16;

/**
 * Asks ssh_config files about a machine, as ssh does: the first value found counts, IdentityFile collects.
 *
 * @throws {@link SshPoolError} `SSH_CONFIG_INVALID`
 */
export function askSshConfig(
  paths: readonly string[],
  question: ConfigQuestion,
  files: ConfigFiles,
  environment: UserEnvironment,
): HostConfig {
  const config: HostConfig = { identityFiles: [], certificateFiles: [] };
  for (const path of paths) {
    for (const name of question.names) readInto(path, name, dirname(path), 0);
  }
  return config;

  // An included file begins where its Include stands: what applies there, applies to its first lines.
  function readInto(path: string, name: string, base: string, depth: number): void {
    let applies = true;
    for (const line of files.read(path)) {
      if (line.keyword === 'host') applies = fitsPatternList(line.args, name, question.names);
      else if (line.keyword === 'match') applies = matchApplies(line, subjectOf(name));
      else if (applies && line.keyword === 'include') include(line, name, base, depth + 1);
      else if (applies) take(config, line);
    }
  }

  function include(line: ConfigLine, name: string, base: string, depth: number): void {
    if (depth > deepestInclude) {
      throw new SshPoolError('SSH_CONFIG_INVALID', `${line.where}: too many levels of Include.`);
    }
    for (const pattern of line.args) {
      for (const file of includedFiles(pattern, base, environment.home)) readInto(file, name, base, depth);
    }
  }

  function subjectOf(name: string): Parameters<typeof matchApplies>[1] {
    return {
      name,
      names: question.names,
      host: config.hostName ?? name,
      user: question.user ?? config.user ?? environment.localUser,
      localUser: environment.localUser,
    };
  }
}

function take(config: HostConfig, line: ConfigLine): void {
  const [value] = line.args;
  if (value === undefined) {
    if (known.has(line.keyword)) throw new SshPoolError('SSH_CONFIG_INVALID', `${line.where}: a value is missing.`);
    return;
  }
  known.get(line.keyword)?.(config, value, line);
}

type Take = (config: HostConfig, value: string, line: ConfigLine) => void;

const known = new Map<string, Take>([
  ['hostname', (config, value) => (config.hostName ??= value)],
  ['user', (config, value) => (config.user ??= value)],
  ['port', (config, value, line) => (config.port ??= portOf(value, line.where))],
  ['identityfile', (config, value) => addOnce(config.identityFiles, value)],
  ['certificatefile', (config, value) => addOnce(config.certificateFiles, value)],
  ['identitiesonly', (config, value, line) => (config.identitiesOnly ??= flagOf(value, line.where))],
  ['identityagent', (config, value) => (config.identityAgent ??= value)],
  ['hostkeyalias', (config, value) => (config.hostKeyAlias ??= value)],
  ['userknownhostsfile', (config, _, line) => (config.userKnownHostsFiles ??= [...line.args])],
  ['proxyjump', (config, value, line) => (config.proxy ??= { kind: 'jump', value, where: line.where })],
  [
    'proxycommand',
    (config, _, line) => (config.proxy ??= { kind: 'command', value: line.args.join(' '), where: line.where }),
  ],
]);

function addOnce(list: string[], value: string): void {
  if (!list.includes(value)) list.push(value);
}

function flagOf(value: string, where: string): boolean {
  if (/^(yes|true)$/i.test(value)) return true;
  if (/^(no|false)$/i.test(value)) return false;
  throw new SshPoolError('SSH_CONFIG_INVALID', `${where}: expected yes or no.`);
}

function portOf(value: string, where: string): number {
  const port = Number(value);
  if (/^\d+$/.test(value) && port >= 1 && port <= 65_535) return port;
  throw new SshPoolError('SSH_CONFIG_INVALID', `${where}: expected a port from 1 to 65535.`);
}
