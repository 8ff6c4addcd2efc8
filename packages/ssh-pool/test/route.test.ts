import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Route } from '../src/connection/hop.ts';
import { Identities } from '../src/identities/identities.ts';
import { Passphrases } from '../src/identities/passphrases.ts';
import { parseJumps } from '../src/route/jump-spec.ts';
import { resolveRoute } from '../src/route/resolve-route.ts';
import { ConfigFiles } from '../src/ssh-config/config-lines.ts';
import type { Target } from '../src/target.ts';
import { FakeClock } from './support/fake-clock.ts';
import { Home } from './support/home.ts';

function routeTo(target: Target, config = '', env: Record<string, string> = {}): Route & { home: string } {
  const home = new Home();
  const path = home.write('.ssh/config', config);
  const route = resolveRoute(target, {
    environment: { home: home.path, env, localUser: 'me' },
    configPaths: [path],
    configFiles: new ConfigFiles(),
    knownHosts: { own: '/own', user: ['/user'], system: ['/system'] },
    identities: new Identities(new Passphrases(undefined, {}), new FakeClock()),
  });
  return Object.assign(route, { home: home.path });
}

function shape(route: Route): string[] {
  return route.map(({ user, host, port }) => `${user}@${host}:${port}`);
}

test('the user: the target’s own, then ssh_config’s, then the default, then the local one', () => {
  const config = 'Host vm-1\n User configured';
  const vm = { host: '10.0.0.4', name: 'vm-1' };
  expect(routeTo({ ...vm, user: 'own', defaultUser: 'default' }, config)[0].user).toBe('own');
  expect(routeTo({ ...vm, defaultUser: 'default' }, config)[0].user).toBe('configured');
  expect(routeTo({ ...vm, defaultUser: 'default' })[0].user).toBe('default');
  expect(routeTo(vm)[0].user).toBe('me');
});

test('the port: the target’s own, then ssh_config’s, then 22', () => {
  expect(shape(routeTo({ host: 'h', port: 7 }, 'Port 8'))).toEqual(['me@h:7']);
  expect(shape(routeTo({ host: 'h' }, 'Port 8'))).toEqual(['me@h:8']);
  expect(shape(routeTo({ host: 'h' }))).toEqual(['me@h:22']);
});

test('HostName leads elsewhere, and then nobody vouches for the address', () => {
  const target = { host: '10.0.0.4', name: 'vm-1', mayAddHostKey: true };
  const route = routeTo(target, 'Host vm-1\n HostName %h.example.com');
  expect(shape(route)).toEqual(['me@vm-1.example.com:22']);
  expect(route[0].hostKeys.mayAdd).toBe(false);
  expect(routeTo(target)[0].hostKeys.mayAdd).toBe(true);
});

test('machines are called by name and address', () => {
  expect(routeTo({ host: '10.0.0.4', name: 'vm-1' })[0].label).toBe('vm-1 (10.0.0.4)');
  expect(routeTo({ host: '10.0.0.4', port: 7 })[0].label).toBe('10.0.0.4:7');
  expect(routeTo({ host: '2001:db8::1', port: 7 })[0].label).toBe('[2001:db8::1]:7');
  expect(routeTo({ host: 'vm-1' }, 'HostName 10.0.0.4')[0].label).toBe('vm-1 (10.0.0.4)');
});

test('the key is looked for under the alias, the name, and the address', () => {
  const route = routeTo({ host: '10.0.0.4', name: 'vm-1', port: 7, hostKeyAlias: 'azfleet-1' });
  expect(route[0].hostKeys).toMatchObject({
    steps: [
      { names: ['azfleet-1'], files: ['/own'] },
      { names: ['[vm-1]:7'], files: ['/user', '/system'] },
      { names: ['[10.0.0.4]:7'], files: ['/user', '/system'] },
    ],
    withoutPort: { names: ['vm-1', '10.0.0.4'] },
    addTo: { file: '/own', name: 'azfleet-1' },
  });
});

test('HostKeyAlias and UserKnownHostsFile say where the key is', () => {
  const route = routeTo({ host: '10.0.0.4', port: 7 }, 'HostKeyAlias box\nUserKnownHostsFile ~/known /%n/%p');
  expect(route[0].hostKeys).toMatchObject({
    steps: [{ names: ['box'], files: [join(route.home, 'known'), '/10.0.0.4/7', '/system'] }],
    withoutPort: { names: [] },
    addTo: { file: join(route.home, 'known'), name: 'box' },
  });
  expect(routeTo({ host: 'h' }, 'UserKnownHostsFile none')[0].hostKeys.addTo).toBeUndefined();
});

test('keys: the target’s own files, then ssh_config’s, else the usual ones', () => {
  const both = routeTo({ host: 'h', identityFiles: ['~/own'] }, 'IdentityFile ~/.ssh/%r-%h\nIdentitiesOnly yes');
  expect(both[0].identities).toMatchObject({
    files: [join(both.home, 'own'), join(both.home, '.ssh/me-h')],
    named: true,
    only: true,
  });
  const usual = routeTo({ host: 'h' });
  const files = ['id_ed25519', 'id_ecdsa', 'id_rsa'].map((name) => join(usual.home, '.ssh', name));
  expect(usual[0].identities).toMatchObject({ files, named: false, only: false });
  expect(routeTo({ host: 'h' }, 'IdentityFile none')[0].identities.files).toEqual([]);
});

test.each([
  ['', '/inherited'],
  ['IdentityAgent SSH_AUTH_SOCK', '/inherited'],
  ['IdentityAgent none', undefined],
  ['IdentityAgent $OTHER', '/other'],
  ['IdentityAgent ${OTHER}.sock', '/other.sock'],
  ['IdentityAgent /agents/%u', '/agents/me'],
])('the agent, with %j', (config, path) => {
  const env = { SSH_AUTH_SOCK: '/inherited', OTHER: '/other' };
  expect(routeTo({ host: 'h' }, config, env)[0].identities.agentPath).toBe(path);
});

test('tokens and variables that do not exist are errors', () => {
  expect(() => routeTo({ host: 'h' }, 'IdentityFile ~/%z')).toThrow('The token %z');
  expect(() => routeTo({ host: 'h' }, 'IdentityFile ${NOWHERE}/key')).toThrow('the variable NOWHERE is not set');
});

test('every token means what ssh_config says', () => {
  const config = 'HostKeyAlias box\nIdentityFile /%%/%d/%h/%i/%k/%n/%p/%r/%u';
  const route = routeTo({ host: '10.0.0.4', name: 'vm-1', user: 'ops' }, config);
  const uid = process.getuid?.() ?? 0;
  expect(route[0].identities.files).toEqual([`/%/${route.home}/10.0.0.4/${uid}/box/vm-1/22/ops/me`]);
  expect(routeTo({ host: 'h' }, 'IdentityFile /%L/%l')[0].identities.files[0]).toMatch(/^\/[^/.]+\/[^/]+$/);
});

test('jump hosts, each as ssh_config has it', () => {
  const config = 'Host b1\n User jump\n Port 2222\nHost vm-*\n ProxyJump b1,ops@b2:23';
  expect(shape(routeTo({ host: '10.0.0.4', name: 'vm-1' }, config))).toEqual([
    'jump@b1:2222',
    'ops@b2:23',
    'me@10.0.0.4:22',
  ]);
});

test('a jump host may need one itself', () => {
  const config = 'Host outer\n User o\nHost inner\n ProxyJump outer\nHost vm-1\n ProxyJump inner';
  expect(shape(routeTo({ host: '10.0.0.4', name: 'vm-1' }, config))).toEqual([
    'o@outer:22',
    'me@inner:22',
    'me@10.0.0.4:22',
  ]);
});

test('the target’s own jump hosts come before those of ssh_config, and "none" is no one', () => {
  const config = 'Host vm-1\n ProxyJump b1';
  expect(shape(routeTo({ host: 'h', name: 'vm-1', jump: 'b2' }, config))).toEqual(['me@b2:22', 'me@h:22']);
  expect(shape(routeTo({ host: 'h', name: 'vm-1', jump: 'none' }, config))).toEqual(['me@h:22']);
  expect(shape(routeTo({ host: 'h' }, 'ProxyJump none\nProxyCommand nc %h %p'))).toEqual(['me@h:22']);
});

test('nobody vouches for the address of a jump host; the policy is the target’s', () => {
  const [jump] = routeTo({ host: 'h', jump: 'b1', mayAddHostKey: true, hostKeyPolicy: 'strict' });
  expect(jump.hostKeys).toMatchObject({ mayAdd: false, policy: 'strict' });
});

test('jump hosts that lead in a circle are an error', () => {
  expect(() => routeTo({ host: 'h' }, 'Host *\n ProxyJump bastion')).toThrow('its jump hosts lead in a circle');
  expect(shape(routeTo({ host: 'h' }, 'Host * !bastion\n ProxyJump bastion'))).toEqual(['me@bastion:22', 'me@h:22']);
});

test('a ProxyCommand is refused, and never bypassed', () => {
  const config = 'Host vm-1\n ProxyCommand connect %h %p\nHost *\n ProxyJump b1';
  expect(() => routeTo({ host: 'h', name: 'vm-1' }, config)).toThrow(/config:2 sets a ProxyCommand, which is not run/);
  expect(() => routeTo({ host: 'x', jump: 'vm-1' }, config)).toThrow(/sets a ProxyCommand/);
  // Unless the caller gives the route.
  expect(shape(routeTo({ host: 'h', name: 'vm-1', jump: 'b2' }, 'Host vm-1\n ProxyCommand x'))).toEqual([
    'me@b2:22',
    'me@h:22',
  ]);
});

test.each([
  ['bastion', [{ host: 'bastion' }]],
  ['ops@bastion:2222', [{ host: 'bastion', user: 'ops', port: 2222 }]],
  ['ssh://ops@bastion:2222, b2', [{ host: 'bastion', user: 'ops', port: 2222 }, { host: 'b2' }]],
  ['ops@[2001:db8::1]:22', [{ host: '2001:db8::1', user: 'ops', port: 22 }]],
  ['None', []],
])('jump hosts written as %j', (text, jumps) => {
  expect(parseJumps(text)).toEqual(jumps);
});

test.each(['', 'a,', 'a b', 'a:0', 'a:99999', 'a:b', '2001:db8::1'])('%j is no jump host', (text) => {
  expect(() => parseJumps(text)).toThrow('Expected jump hosts as user@host:port');
});
