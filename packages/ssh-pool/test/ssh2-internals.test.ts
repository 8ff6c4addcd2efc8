import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { PassThrough } from 'node:stream';
import ssh2 from 'ssh2';
import { expect, test } from 'vitest';

// What this package reaches into ssh2 for. When one of these fails, ssh2 was changed: read its code again before
// anything else, and src/ssh2 with it.

test('ssh2 is pinned to the version whose internals are used', () => {
  const require = createRequire(import.meta.url);
  const own = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
    dependencies: Record<string, string>;
  };
  const { version } = require('ssh2/package.json') as { version: string };
  expect(own.dependencies['ssh2']).toBe('1.17.0');
  expect(version).toBe('1.17.0');
});

test('the client has the parts that are used', () => {
  const client = new ssh2.Client();
  client.on('error', () => {});
  client.connect({
    sock: new PassThrough(),
    username: 'x',
    readyTimeout: 0,
    keepaliveInterval: 0,
    algorithms: { serverHostKey: ['ssh-ed25519'] },
    hostVerifier: () => {},
    authHandler: () => {},
  });
  const { _protocol: protocol } = client;
  const methods = [
    'authPK',
    'session',
    'exec',
    'signal',
    'ping',
    'channelData',
    'channelEOF',
    'channelClose',
    'channelWindowAdjust',
  ];
  for (const name of methods) expect(protocol).toHaveProperty(name, expect.any(Function));
  expect(protocol._handlers).toHaveProperty('USERAUTH_FAILURE', expect.any(Function));
  expect(client).toMatchObject({ _callbacks: [], _chanMgr: { add: expect.any(Function) } });
  expect(client).toHaveProperty('_remoteVer');
  client.end();
});

test('a channel has the parts that are used', () => {
  const require = createRequire(import.meta.url);
  const { Channel } = require('ssh2/lib/Channel.js') as {
    Channel: new (client: object, info: object) => Record<string, unknown>;
  };
  const side = { id: 0, window: 1, packetSize: 1, state: 'open' };
  const channel = new Channel({}, { type: 'session', incoming: { ...side }, outgoing: { ...side } });
  expect(channel).toMatchObject({ _callbacks: [], _waitWindow: false, incoming: side, outgoing: side });
  expect(channel).toHaveProperty('_chunkcb');
  expect(channel).toHaveProperty('stderr.push', expect.any(Function));
});
