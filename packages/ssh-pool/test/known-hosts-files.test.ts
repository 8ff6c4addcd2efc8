import { createHmac, randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { HostKeyCheck } from '../src/host-keys/host-key-check.ts';
import { fingerprintOf, hostKeyOf } from '../src/host-keys/host-key.ts';
import { KnownHostsFiles } from '../src/host-keys/known-hosts-file.ts';
import { Home } from './support/home.ts';
import { makeKey } from './support/keys.ts';

const right = makeKey();
const other = makeKey();
const presented = hostKeyOf(Buffer.from(right.publicKey, 'base64'));

function judge(text: string, names: readonly string[], withoutPort: readonly string[] = []): string {
  const file = new Home().write('known_hosts', text);
  const steps = names.map((name) => ({ names: [name], files: [file] }));
  const check = new HostKeyCheck({ steps, withoutPort: { names: withoutPort, files: [file] } }, new KnownHostsFiles());
  const verdict = check.judge(presented);
  if (verdict.kind === 'changed') return `changed ${verdict.known[0].line}`;
  if (verdict.kind === 'revoked') return `revoked ${verdict.by.line}`;
  if (verdict.kind === 'unknown' && verdict.authority !== undefined) return `authority ${verdict.authority.line}`;
  return verdict.kind;
}

function hashed(name: string): string {
  const salt = randomBytes(20);
  return `|1|${salt.toString('base64')}|${createHmac('sha1', salt).update(name).digest('base64')}`;
}

const key = `${right.type} ${right.publicKey}`;
const wrong = `${other.type} ${other.publicKey}`;

test.each([
  ['a plain name', `vm-1 ${key}`, 'vm-1', 'known'],
  ['a name in a list', `a,vm-1,b ${key} a comment`, 'vm-1', 'known'],
  ['names in whatever case', `VM-1 ${key}`, 'vm-1', 'known'],
  ['a hashed name', `${hashed('vm-1')} ${key}`, 'vm-1', 'known'],
  ['a hashed name with a port', `${hashed('[10.0.0.4]:2201')} ${key}`, '[10.0.0.4]:2201', 'known'],
  ['a name with a port', `[vm-1]:2201 ${key}`, '[vm-1]:2201', 'known'],
  ['a pattern', `*.example.com ${key}`, 'a.example.com', 'known'],
  ['a pattern with a question mark', `vm-? ${key}`, 'vm-1', 'known'],
  ['an exception to a pattern', `*.example.com,!a.example.com ${key}`, 'a.example.com', 'unknown'],
  ['an IPv6 address', `2001:db8::1 ${key}`, '2001:db8::1', 'known'],
  ['tabs and spaces around', `  vm-1\t${key}  `, 'vm-1', 'known'],
  ['a line of Windows', `vm-1 ${key}\r`, 'vm-1', 'known'],
  ['another name', `vm-2 ${key}`, 'vm-1', 'unknown'],
  ['another key', `\n# comment\nvm-1 ${wrong}`, 'vm-1', 'changed 3'],
  ['several keys, one of them right', `vm-1 ${wrong}\nvm-1 ${key}`, 'vm-1', 'known'],
  ['several keys, none of them right', `vm-1 ${wrong}\nvm-1 ssh-rsa AAAA`, 'vm-1', 'changed 1'],
  ['a revoked key', `vm-1 ${key}\n@revoked * ${key}`, 'vm-1', 'revoked 2'],
  ['another key revoked', `vm-1 ${key}\n@revoked vm-1 ${wrong}`, 'vm-1', 'known'],
  ['a certificate authority', `@cert-authority *.example.com ${wrong}`, 'a.example.com', 'authority 1'],
  ['a certificate authority next to the key', `@cert-authority * ${wrong}\nvm-1 ${key}`, 'vm-1', 'known'],
  ['an unknown marker', `@unheard-of vm-1 ${key}`, 'vm-1', 'unknown'],
  ['a key that is none', `vm-1 ssh-ed25519 not*base64`, 'vm-1', 'unknown'],
  ['half a line', `vm-1 ssh-ed25519`, 'vm-1', 'unknown'],
  ['a hash of an unknown kind', `|2|abc|def ${key}`, 'vm-1', 'unknown'],
  ['an empty file', '', 'vm-1', 'unknown'],
])('%s', (_, text, name, verdict) => {
  expect(judge(text, [name])).toBe(verdict);
});

test('the first name that is known decides', () => {
  expect(judge(`azfleet-1 ${key}\n10.0.0.4 ${wrong}`, ['azfleet-1', 'vm-1', '10.0.0.4'])).toBe('known');
  expect(judge(`azfleet-1 ${wrong}\n10.0.0.4 ${key}`, ['azfleet-1', 'vm-1', '10.0.0.4'])).toBe('changed 1');
  expect(judge(`10.0.0.4 ${key}`, ['azfleet-1', 'vm-1', '10.0.0.4'])).toBe('known');
});

test('a key without a port is good for a port, and another one there says nothing', () => {
  expect(judge(`10.0.0.4 ${key}`, ['[10.0.0.4]:2201'], ['10.0.0.4'])).toBe('known');
  expect(judge(`10.0.0.4 ${wrong}`, ['[10.0.0.4]:2201'], ['10.0.0.4'])).toBe('unknown');
});

test('a file that is not there knows nothing; one that cannot be read is an error', () => {
  const home = new Home();
  const files = new KnownHostsFiles();
  expect(files.lookUp(home.file('missing'), 'vm-1')).toEqual([]);
  expect(() => files.lookUp(home.path, 'vm-1')).toThrow(/cannot be read: EISDIR/);
});

test('a file that has changed is read again', () => {
  const home = new Home();
  const files = new KnownHostsFiles();
  const file = home.write('known_hosts', `vm-1 ${wrong}\n`);
  expect(files.lookUp(file, 'vm-1').map(({ key: known }) => known)).toEqual([other.publicKey]);
  home.write('known_hosts', `vm-1 ${key}\n`);
  expect(files.lookUp(file, 'vm-1').map(({ key: known }) => known)).toEqual([right.publicKey]);
});

test('fingerprints are those that ssh prints', () => {
  // From ssh-keygen -lf.
  const blob = 'AAAAC3NzaC1lZDI1NTE5AAAAIJnzCNuH8QAImeR1DYDDdFqGMxhDt/JJKGqT3GgD0yVt';
  expect(hostKeyOf(Buffer.from(blob, 'base64'))).toMatchObject({ type: 'ssh-ed25519', key: blob });
  expect(fingerprintOf(blob)).toBe('SHA256:a14TWSmmIDagXCRncK6WxrqJpyLnTTlIJA74uhETffM');
});
