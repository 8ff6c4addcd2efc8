import { existsSync, statSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { SshPoolError } from '../src/index.ts';
import { fingerprintOf } from '../src/host-keys/host-key.ts';
import { Home, startMachine, targetOf } from './support/home.ts';
import { makeKey } from './support/keys.ts';
import type { Machine } from './support/machine.ts';
import { until } from './support/until.ts';

const run = { command: 'true' };

async function errorOf(promise: Promise<unknown>): Promise<SshPoolError> {
  return promise.then(
    () => expect.unreachable(),
    (error: SshPoolError) => error,
  );
}

function fingerprint(machine: Machine): string {
  return fingerprintOf(machine.hostKeys[0]?.publicKey ?? '');
}

test('an unknown key is refused, unless the caller vouches for the address', async () => {
  const home = new Home();
  const machine = await startMachine();
  const error = await errorOf(home.pool().exec(targetOf(machine), run).result);
  expect(error).toMatchObject({ code: 'SSH_HOST_KEY_UNKNOWN', sent: false });
  expect(error.message).toContain(fingerprint(machine));
  expect(error.hostKey).toEqual({
    presented: fingerprint(machine),
    presentedType: 'ecdsa-sha2-nistp256',
    known: [],
  });
  expect(machine.signIns).toEqual([]);
  expect(existsSync(home.file('.ssh/known_hosts'))).toBe(false);
});

test('accept-new adds the key under the alias, in the own file, and knows it from then on', async () => {
  const home = new Home();
  const machine = await startMachine();
  const target = targetOf(machine, { hostKeyAlias: 'azfleet-1', mayAddHostKey: true });
  await home.pool().exec(target, run).result;
  expect(home.read('own/known_hosts')).toBe(machine.knownHostsLine('azfleet-1'));
  expect(existsSync(home.file('.ssh/known_hosts'))).toBe(false);
  await home.pool().exec({ ...target, mayAddHostKey: false, hostKeyPolicy: 'strict' }, run).result;
  expect(home.read('own/known_hosts')).toBe(machine.knownHostsLine('azfleet-1'));
});

test.skipIf(process.platform === 'win32')('the own file and its directory are the user’s alone', async () => {
  const home = new Home();
  const machine = await startMachine();
  const target = targetOf(machine, { hostKeyAlias: 'azfleet-1', mayAddHostKey: true });
  await home.pool().exec(target, run).result;
  expect(statSync(home.file('own/known_hosts')).mode & 0o777).toBe(0o600);
  expect(statSync(home.file('own')).mode & 0o777).toBe(0o700);
});

test('without an alias the key is added to the first file of the user, under the address and port', async () => {
  const home = new Home();
  const machine = await startMachine();
  home.write('.ssh/known_hosts', 'other.example.com ssh-ed25519 AAAA');
  await home.pool().exec(targetOf(machine, { mayAddHostKey: true }), run).result;
  expect(home.read('.ssh/known_hosts')).toBe(`other.example.com ssh-ed25519 AAAA\n${machine.knownHostsLine()}`);
});

test('strict adds nothing', async () => {
  const home = new Home();
  const machine = await startMachine();
  const target = targetOf(machine, { hostKeyAlias: 'azfleet-1', mayAddHostKey: true, hostKeyPolicy: 'strict' });
  await expect(home.pool().exec(target, run).result).rejects.toMatchObject({ code: 'SSH_HOST_KEY_UNKNOWN' });
  home.knows(machine);
  await home.pool().exec(target, run).result;
  expect(existsSync(home.file('own/known_hosts'))).toBe(false);
});

test('a changed key is refused: file, line, both fingerprints, and the command that removes the old one', async () => {
  const home = new Home();
  const machine = await startMachine();
  const old = makeKey();
  home.write('own/known_hosts', `\nazfleet-1 ${old.type} ${old.publicKey}\n`);
  const target = targetOf(machine, { name: 'vm-1', hostKeyAlias: 'azfleet-1', mayAddHostKey: true });
  const error = await errorOf(home.pool().exec(target, run).result);
  const file = home.file('own/known_hosts');
  expect(error).toMatchObject({ code: 'SSH_HOST_KEY_CHANGED', sent: false });
  expect(error.hostKey).toEqual({
    presented: fingerprint(machine),
    presentedType: 'ecdsa-sha2-nistp256',
    known: [fingerprintOf(old.publicKey)],
    file,
    line: 2,
    removeCommand: `ssh-keygen -R azfleet-1 -f ${file}`,
  });
  for (const part of [`${file}:2`, fingerprint(machine), fingerprintOf(old.publicKey), 'vm-1']) {
    expect(error.message).toContain(part);
  }
  expect(error.hint).toContain(`ssh-keygen -R azfleet-1 -f ${file}`);
  expect(`${error.message}${error.hint}`).not.toContain('\n');
  expect(machine.signIns).toEqual([]);
  expect(home.read('own/known_hosts')).toBe(`\nazfleet-1 ${old.type} ${old.publicKey}\n`);
});

test('a changed key behind a pattern names the line to remove, for ssh-keygen cannot', async () => {
  const home = new Home();
  const machine = await startMachine();
  const old = makeKey();
  home.write('.ssh/known_hosts', `[127.*]:${machine.port} ${old.type} ${old.publicKey}\n`);
  const error = await errorOf(home.pool().exec(targetOf(machine), run).result);
  expect(error.hint).toContain(`remove line 1 of ${home.file('.ssh/known_hosts')}`);
  expect(error.hostKey?.removeCommand).toBeUndefined();
});

test('the command to copy is quoted where the shell needs it', async () => {
  const home = new Home();
  const machine = await startMachine();
  const old = makeKey();
  home.write('.ssh/known_hosts', machine.knownHostsLine().replace(machine.hostKeys[0]?.publicKey ?? '', old.publicKey));
  const error = await errorOf(home.pool().exec(targetOf(machine), run).result);
  expect(error.hint).toContain(`ssh-keygen -R '[127.0.0.1]:${machine.port}' -f`);
});

test('a second key is never accepted silently', async () => {
  const home = new Home();
  const [first, second] = [makeKey(), makeKey('rsa')];
  const machine = await startMachine({ hostKeys: [first] });
  const target = targetOf(machine, { hostKeyAlias: 'azfleet-1', mayAddHostKey: true });
  await home.pool().exec(target, run).result;
  const { port } = machine;
  await machine.close();
  const imposter = await startMachine({ hostKeys: [second], port });
  await expect(home.pool().exec(target, run).result).rejects.toMatchObject({ code: 'SSH_HOST_KEY_CHANGED' });
  expect(imposter.signIns).toEqual([]);
});

test('of several keys, the machine is asked for the one that is known', async () => {
  const home = new Home();
  const machine = await startMachine({ hostKeys: [makeKey(), makeKey('rsa')] });
  home.write('.ssh/known_hosts', machine.knownHostsLine(undefined, 1));
  await home.pool().exec(targetOf(machine), run).result;
  expect(machine.ready).toBe(1);
});

test('two machines that have swapped their addresses are still themselves', async () => {
  const home = new Home();
  const [keyA, keyB] = [makeKey(), makeKey()];
  const a = await startMachine({ hostKeys: [keyA] });
  const b = await startMachine({ hostKeys: [keyB] });
  const pool = home.pool();
  const at = (machine: Machine, hostKeyAlias: string): Promise<unknown> =>
    pool.exec(targetOf(machine, { hostKeyAlias, mayAddHostKey: true }), run).result;
  await Promise.all([at(a, 'azfleet-a'), at(b, 'azfleet-b')]);
  const [portA, portB] = [a.port, b.port];
  await Promise.all([a.close(), b.close()]);
  const movedA = await startMachine({ hostKeys: [keyA], port: portB });
  const movedB = await startMachine({ hostKeys: [keyB], port: portA });
  await until(() => pool.stats().connections === 0);
  await Promise.all([at(movedA, 'azfleet-a'), at(movedB, 'azfleet-b')]);
  expect([movedA.commands, movedB.commands]).toEqual([['true'], ['true']]);
  // And who asks for one machine at the address of the other is told.
  await expect(at(movedB, 'azfleet-a')).rejects.toMatchObject({ code: 'SSH_HOST_KEY_CHANGED' });
});

test('an address that is pooled for one machine is not used for another', async () => {
  const home = new Home();
  const machine = await startMachine();
  const pool = home.pool();
  const at = (hostKeyAlias: string): Promise<unknown> =>
    pool.exec(targetOf(machine, { hostKeyAlias, mayAddHostKey: true }), run).result;
  await at('azfleet-a');
  const other = makeKey();
  home.write('own/known_hosts', `azfleet-b ${other.type} ${other.publicKey}\n`);
  await expect(at('azfleet-b')).rejects.toMatchObject({ code: 'SSH_HOST_KEY_CHANGED' });
});

test('a machine that the user knows by its address is known by its alias from then on', async () => {
  const home = new Home();
  const machine = await startMachine();
  home.knows(machine);
  await home.pool().exec(targetOf(machine, { hostKeyAlias: 'azfleet-1', mayAddHostKey: true }), run).result;
  expect(home.read('own/known_hosts')).toBe(machine.knownHostsLine('azfleet-1'));
});

test('another key at a known address is explained by the address', async () => {
  const home = new Home();
  const machine = await startMachine();
  const old = makeKey();
  home.write('.ssh/known_hosts', `[127.0.0.1]:${machine.port} ${old.type} ${old.publicKey}\n`);
  const target = targetOf(machine, { hostKeyAlias: 'azfleet-1', mayAddHostKey: true });
  const error = await errorOf(home.pool().exec(target, run).result);
  expect(error.code).toBe('SSH_HOST_KEY_CHANGED');
  expect(error.hint).toContain('Addresses are given to new machines');
});

test('a revoked key is refused, wherever it is known', async () => {
  const home = new Home();
  const machine = await startMachine();
  home.write('.ssh/known_hosts', `${machine.knownHostsLine()}@revoked ${machine.knownHostsLine('*')}`);
  const error = await errorOf(home.pool().exec(targetOf(machine), run).result);
  expect(error).toMatchObject({ code: 'SSH_HOST_KEY_REVOKED', hostKey: { line: 2 } });
});

test('a certificate authority is not bypassed, and the word is clear', async () => {
  const home = new Home();
  const machine = await startMachine();
  const authority = makeKey();
  home.write('.ssh/known_hosts', `@cert-authority * ${authority.type} ${authority.publicKey}\n`);
  const error = await errorOf(home.pool().exec(targetOf(machine, { mayAddHostKey: true }), run).result);
  expect(error.code).toBe('SSH_HOST_KEY_UNKNOWN');
  expect(error.message).toContain('host certificates are not supported');
  expect(error.hint).toContain('@cert-authority');
});

test('a key that is added by others while we connect is not added against', async () => {
  const home = new Home();
  const machine = await startMachine();
  const other = makeKey();
  const pool = home.pool({
    prompt: async () => undefined,
    connector: async (address, options) => {
      const { tcpConnector } = await import('../src/connection/connector.ts');
      const socket = await tcpConnector(address, options);
      home.write('own/known_hosts', `azfleet-1 ${other.type} ${other.publicKey}\n`);
      return socket;
    },
  });
  const { result } = pool.exec(targetOf(machine, { hostKeyAlias: 'azfleet-1', mayAddHostKey: true }), run);
  await expect(result).rejects.toMatchObject({ code: 'SSH_HOST_KEY_CHANGED', hostKey: { line: 1 } });
  expect(machine.commands).toEqual([]);
});

test('a key that cannot be saved holds for as long as the pool', async () => {
  const home = new Home();
  const machine = await startMachine({ hostKeys: [makeKey()] });
  home.write('own', 'a file where the directory should be');
  const pool = home.pool();
  const target = targetOf(machine, { hostKeyAlias: 'azfleet-1', mayAddHostKey: true });
  await pool.exec(target, run).result;
  machine.kill();
  await until(() => pool.stats().connections === 0);
  await pool.exec({ ...target, mayAddHostKey: false }, run).result;
  const { port } = machine;
  await machine.close();
  await until(() => pool.stats().connections === 0);
  await startMachine({ hostKeys: [makeKey()], port });
  await expect(pool.exec(target, run).result).rejects.toMatchObject({ code: 'SSH_HOST_KEY_CHANGED' });
});

test('the key is checked again at every exchange of keys', async () => {
  const home = new Home();
  const machine = await startMachine();
  home.knows(machine);
  const pool = home.pool();
  await pool.exec(targetOf(machine), run).result;
  machine.rekey();
  expect(await pool.exec(targetOf(machine), { command: 'echo on' }).result).toMatchObject({
    reused: true,
    exitCode: 0,
  });
});
