import { chmodSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ConfigFiles } from '../src/ssh-config/config-lines.ts';
import { type HostConfig, askSshConfig } from '../src/ssh-config/resolve.ts';
import { Home } from './support/home.ts';

interface Question {
  names?: string[];
  user?: string;
  files?: Record<string, string>;
}

function ask(text: string, { names = ['vm-1', '10.0.0.4'], user, files = {} }: Question = {}): HostConfig {
  const home = new Home();
  for (const [name, content] of Object.entries(files)) home.write(name, content);
  const path = home.write('.ssh/config', text);
  const environment = { home: home.path, env: {}, localUser: 'me' };
  return askSshConfig([path, home.file('system/ssh_config')], { names, user }, new ConfigFiles(), environment);
}

const nothing: HostConfig = { identityFiles: [], certificateFiles: [] };

test('no file says nothing', () => {
  const environment = { home: '/nowhere', env: {}, localUser: 'me' };
  expect(askSshConfig(['/nowhere/config'], { names: ['vm-1'] }, new ConfigFiles(), environment)).toEqual(nothing);
});

test('everything that is understood, in a block for the host', () => {
  const config = ask(`
    Host vm-1
      HostName 10.9.9.9
      User ops
      Port 2201
      IdentityFile ~/.ssh/one
      IdentityFile "~/.ssh/with space"
      IdentitiesOnly yes
      IdentityAgent /run/agent
      HostKeyAlias the-machine
      UserKnownHostsFile ~/a ~/b
      ProxyJump jump@bastion:2222
      CertificateFile ~/.ssh/one-cert.pub
      ServerAliveInterval 5
  `);
  expect(config).toEqual({
    hostName: '10.9.9.9',
    user: 'ops',
    port: 2201,
    identityFiles: ['~/.ssh/one', '~/.ssh/with space'],
    identitiesOnly: true,
    identityAgent: '/run/agent',
    hostKeyAlias: 'the-machine',
    userKnownHostsFiles: ['~/a', '~/b'],
    proxy: { kind: 'jump', value: 'jump@bastion:2222', where: expect.stringMatching(/config:12$/) },
    certificateFiles: ['~/.ssh/one-cert.pub'],
  });
});

test.each([
  ['the first value counts', 'Host vm-1\n User a\nHost *\n User b', 'a'],
  ['what stands before any block counts for all', 'User a\nHost vm-1\n User b', 'a'],
  ['the name is asked before the address', 'Host 10.0.0.4\n User b\nHost vm-1\n User a', 'a'],
  ['the address says what the name does not', 'Host vm-1\n Port 1\nHost 10.*\n User b', 'b'],
  ['another host is left alone', 'Host vm-2 web-*\n User a', undefined],
  ['patterns', 'Host web-* vm-?\n User a', 'a'],
  ['case does not matter', 'HOST VM-1\n USER a', 'a'],
  ['an exception by name holds for the address, too', 'Host * !vm-1\n User a', undefined],
  ['an exception by address holds for the name, too', 'Host vm-1 !10.*\n User a', undefined],
  ['an equals sign', 'Host=vm-1\n User = a', 'a'],
  ['a comment behind', 'Host vm-1 # mine\n User a # me', 'a'],
  ['quotes', `Host "vm-1"\n User 'a b'`, 'a b'],
  ['an escaped quote', String.raw`User a\"b`, 'a"b'],
  ['lines of Windows', 'Host vm-1\r\n User a\r\n', 'a'],
  ['Match all', 'Match all\n User a', 'a'],
  ['Match host', 'Match host vm-*,web-*\n User a', 'a'],
  ['Match host, after HostName', 'Host vm-1\n HostName real\nMatch host real\n User a', 'a'],
  ['Match originalhost', 'HostName real\nMatch originalhost vm-1\n User a', 'a'],
  ['Match with a negation', 'Match !host web-*\n User a', 'a'],
  ['Match host=', 'Match host=vm-1\n User a', 'a'],
  ['Match localuser', 'Match localuser me\n User a', 'a'],
  ['Match another localuser', 'Match localuser you\n User a', undefined],
  ['Match several', 'Match host vm-1 localuser you\n User a', undefined],
  ['Match !all', 'Match !all\n User a', undefined],
  ['Match final', 'Match final\n User a', undefined],
  ['Match without criteria', 'Match\n User a', undefined],
  ['an unknown criterion', 'Match tagged x\n User a', undefined],
])('%s', (_, text, user) => {
  expect(ask(text).user).toBe(user);
});

test('Match user asks for whom we sign in as', () => {
  expect(ask('Match user ops\n Port 7', { user: 'ops' }).port).toBe(7);
  expect(ask('User ops\nMatch user ops\n Port 7').port).toBe(7);
  expect(ask('Match user me\n Port 7').port).toBe(7);
  expect(ask('Match user ops\n Port 7').port).toBeUndefined();
});

test.each([
  'Match exec "touch %d/ran"',
  'Match !exec "touch %d/ran"',
  'Match host vm-1 exec "true"',
  'Match exec=true',
])('%s is not run, and does not apply', (line) => {
  const home = new Home();
  const path = home.write('.ssh/config', `${line.replace('%d', home.path)}\n User a\nHost *\n User b`);
  const environment = { home: home.path, env: {}, localUser: 'me' };
  expect(askSshConfig([path], { names: ['vm-1'] }, new ConfigFiles(), environment).user).toBe('b');
  expect(() => home.read('ran')).toThrow('ENOENT');
});

test('a system file is asked after the user’s own', () => {
  const files = { 'system/ssh_config': 'Host vm-1\n User system\n Port 7' };
  expect(ask('Host *\n User mine', { files })).toMatchObject({ user: 'mine', port: 7 });
});

test('Include takes files where it stands, relative to the directory of the first, in order of name', () => {
  const files = { '.ssh/conf.d/b.conf': 'User b', '.ssh/conf.d/a.conf': 'User a\nInclude more', '.ssh/more': 'Port 7' };
  expect(ask('Include conf.d/*.conf\nUser z', { files })).toMatchObject({ user: 'a', port: 7 });
  expect(ask('User z\nInclude ~/.ssh/conf.d/*.conf', { files }).user).toBe('z');
  expect(ask('Host other\n Include conf.d/*.conf\n', { files }).user).toBeUndefined();
  expect(ask('Include missing nowhere/*.conf', { files })).toEqual(nothing);
});

test('a block of an included file ends with the file', () => {
  const files = { '.ssh/more': 'Host other\n User x' };
  expect(ask('Include more\nUser z', { files }).user).toBe('z');
});

test('an Include that includes itself is an error', () => {
  expect(() => ask('Include config')).toThrow(/config:1: too many levels of Include/);
});

test.each([
  ['Port 0', /config:1: expected a port/],
  ['Port ssh', /config:1: expected a port/],
  ['\nIdentitiesOnly perhaps', /config:2: expected yes or no/],
  ['User', /config:1: a value is missing/],
  ['User "a', /config:1: a quotation mark is not closed/],
])('%j is an error that names the line', (text, message) => {
  expect(() => ask(text)).toThrow(message);
});

test('what is not understood is not an error', () => {
  expect(ask('SomethingNew yes\nForwardAgent\n= odd')).toEqual(nothing);
});

test.skipIf(process.platform === 'win32')('a file that others can write is refused', () => {
  const home = new Home();
  const path = home.write('.ssh/config', 'User a');
  chmodSync(path, 0o666);
  const environment = { home: home.path, env: {}, localUser: 'me' };
  const question = { names: ['vm-1'] };
  expect(() => askSshConfig([path], question, new ConfigFiles(), environment)).toThrow(/can be written by others/);
});

test('a file that has changed is read again', () => {
  const home = new Home();
  const files = new ConfigFiles();
  const environment = { home: home.path, env: {}, localUser: 'me' };
  const path = home.write('.ssh/config', 'User a');
  expect(askSshConfig([path], { names: ['vm-1'] }, files, environment).user).toBe('a');
  home.write('.ssh/config', 'User b');
  expect(askSshConfig([path], { names: ['vm-1'] }, files, environment).user).toBe('b');
});
