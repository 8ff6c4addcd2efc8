import { createHmac } from 'node:crypto';
import { fitsPatternList } from '../host-pattern.ts';

/** One line of a known_hosts file; the format is described in sshd(8), "SSH_KNOWN_HOSTS FILE FORMAT". */
export interface KnownHostsLine {
  readonly marker: 'revoked' | 'cert-authority' | undefined;
  readonly names: HostNames;
  /** Such as `ssh-ed25519`. */
  readonly type: string;
  /** The key itself, in base64. */
  readonly key: string;
  /** The first is 1. */
  readonly line: number;
}

export type HostNames =
  | { readonly kind: 'plain'; readonly names: readonly string[] }
  | { readonly kind: 'patterns'; readonly patterns: readonly string[] }
  | { readonly kind: 'hashed'; readonly salt: Buffer; readonly hash: string };

/** A line in its parts; undefined for what ssh skips too: comments, empty and malformed lines. */
export function parseKnownHostsLine(text: string, line: number): KnownHostsLine | undefined {
  const words = text.trim().split(/[ \t]+/);
  const marker = markerOf(words[0]);
  if (marker !== undefined) words.shift();
  const [hosts, type, key] = words;
  if (hosts === undefined || hosts.startsWith('#') || hosts.startsWith('@')) return undefined;
  if (type === undefined || key === undefined || !/^[A-Za-z0-9+/]+={0,2}$/.test(key)) return undefined;
  const names = hostNames(hosts);
  return names === undefined ? undefined : { marker, names, type, key, line };
}

/** Whether the line is about `name`, which is in lower case. */
export function isAbout(names: HostNames, name: string): boolean {
  if (names.kind === 'plain') return names.names.includes(name);
  if (names.kind === 'patterns') return fitsPatternList(names.patterns, name);
  return createHmac('sha1', names.salt).update(name).digest('base64') === names.hash;
}

function markerOf(word: string | undefined): KnownHostsLine['marker'] {
  if (word === '@revoked') return 'revoked';
  return word === '@cert-authority' ? 'cert-authority' : undefined;
}

function hostNames(hosts: string): HostNames | undefined {
  if (hosts.startsWith('|')) {
    const [, version, salt, hash] = hosts.split('|');
    if (version !== '1' || salt === undefined || hash === undefined) return undefined;
    return { kind: 'hashed', salt: Buffer.from(salt, 'base64'), hash };
  }
  const names = hosts.toLowerCase().split(',');
  return /[*?!]/.test(hosts) ? { kind: 'patterns', patterns: names } : { kind: 'plain', names };
}
