import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { generateKeyPairSync } from 'node:crypto';
import { expect, test } from 'vitest';
import type { PassphraseQuestion } from '../src/index.ts';
import { Home, startMachine, targetOf } from './support/home.ts';
import { keygen, makeKey, writeKey } from './support/keys.ts';
import { sshKeygen } from './support/programs.ts';
import { startSshd, withoutSshd } from './support/sshd.ts';

const run = { command: 'true' };
const withoutKeygen = sshKeygen === undefined;

function publicKeyOf(path: string): string {
  return readFileSync(`${path}.pub`, 'utf8').split(' ')[1] ?? '';
}

test.each(['ecdsa', 'rsa'] as const)('a PEM file of %s signs at once, without a question', async (kind) => {
  const home = new Home();
  const key = makeKey(kind);
  const machine = await startMachine({ authorized: [key.publicKey] });
  home.knows(machine);
  const identityFiles = [writeKey(home.file('key'), key)];
  await home.pool().exec(targetOf(machine, { identityFiles }), run).result;
  expect(machine.signIns).toEqual(['publickey']);
});

test.skipIf(withoutKeygen).each(['ed25519', 'ecdsa', 'rsa'] as const)('a file of ssh-keygen for %s', async (type) => {
  const home = new Home();
  const path = keygen(home.file('key'), type);
  const machine = await startMachine({ authorized: [publicKeyOf(path)] });
  home.knows(machine);
  await home.pool().exec(targetOf(machine, { identityFiles: [path] }), run).result;
  expect(machine.signIns).toEqual(['publickey']);
});

test.skipIf(withoutSshd).each(['ed25519', 'ecdsa', 'rsa'] as const)('OpenSSH takes %s keys', async (type) => {
  const home = new Home();
  const sshd = await startSshd(home);
  home.write('.ssh/known_hosts', sshd.knownHostsLine);
  const path = keygen(home.file('key'), type);
  writeFileSync(`${sshd.directory}/authorized_keys`, readFileSync(`${path}.pub`));
  const target = { ...sshd.target, identityFiles: [path] };
  expect((await home.pool().exec(target, run).result).exitCode).toBe(0);
});

test('several keys are tried in their order', async () => {
  const home = new Home();
  const [a, b, c] = [makeKey(), makeKey(), makeKey()];
  const machine = await startMachine({ authorized: [c.publicKey] });
  home.knows(machine);
  const identityFiles = [a, b, c].map((key, index) => writeKey(home.file(`key-${index}`), key));
  await home.pool().exec(targetOf(machine, { identityFiles }), run).result;
  expect(machine.signIns).toEqual(['publickey', 'publickey', 'publickey']);
});

test('when no key is taken, the error names the user and says what was not used and why', async () => {
  const home = new Home();
  const machine = await startMachine({ authorized: [] });
  home.knows(machine);
  const open = writeKey(home.file('open'), makeKey());
  chmodSync(open, 0o644);
  const pkcs8 = home.write(
    'pkcs8',
    generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  );
  const garbage = home.write('garbage', 'not a key');
  const hardware = home.write('hardware.pub', 'sk-ssh-ed25519@openssh.com AAAAGnNrLXNzaC1lZDI1NTE5QG9wZW5zc2guY29t me');
  const identityFiles = [writeKey(home.file('good'), makeKey()), open, pkcs8, garbage, hardware, home.file('missing')];
  const { result } = home.pool().exec(targetOf(machine, { identityFiles }), run);
  await expect(result).rejects.toMatchObject({ code: 'SSH_AUTH_FAILED', sent: false });
  await expect(result).rejects.toThrow('could not sign in as ops: none of 1 keys was accepted');
  for (const note of [
    ...(process.platform === 'win32' ? [] : [`${open}: others can read it; run: chmod 600 ${open}`]),
    `${pkcs8}: it is in PKCS#8 format; \`ssh-keygen -p -f ${pkcs8}\` converts it`,
    `${garbage}: it is not a key that can be read`,
    `${hardware}: security keys (FIDO) are not supported`,
    `${home.file('missing')}: there is no such file`,
  ]) {
    await expect(result).rejects.toThrow(note);
  }
});

test('without any key there is a clear word', async () => {
  const home = new Home();
  const machine = await startMachine();
  home.knows(machine);
  home.write('.ssh/config', 'IdentityFile none');
  await expect(home.pool().exec(targetOf(machine), run).result).rejects.toThrow('there is no key to sign in with');
});

test('a certificate is not used, with a clear word', async () => {
  const home = new Home();
  const machine = await startMachine({ authorized: [] });
  home.knows(machine);
  home.write('.ssh/config', 'CertificateFile ~/.ssh/id-cert.pub');
  await expect(home.pool().exec(targetOf(machine), run).result).rejects.toThrow(
    '~/.ssh/id-cert.pub: certificates are not supported',
  );
});

test('a server that wants more than the key is an error that says what', async () => {
  const home = new Home();
  const machine = await startMachine({ alsoWants: ['keyboard-interactive'] });
  home.knows(machine);
  await expect(home.pool().exec(targetOf(machine), run).result).rejects.toThrow(
    'the server wants keyboard-interactive besides the key, which is not supported',
  );
});

test.skipIf(withoutSshd)('OpenSSH’s own words when it has had enough keys', async () => {
  const home = new Home();
  const sshd = await startSshd(home, ['MaxAuthTries 2']);
  home.write('.ssh/known_hosts', sshd.knownHostsLine);
  const identityFiles = [1, 2, 3].map((index) => writeKey(home.file(`key-${index}`), makeKey()));
  const { result } = home.pool().exec({ ...sshd.target, identityFiles }, run);
  await expect(result).rejects.toMatchObject({ code: 'SSH_AUTH_FAILED' });
  await expect(result).rejects.toThrow('Too many authentication failures');
});

test.skipIf(withoutKeygen)(
  'an encrypted key is asked for once for all machines, and only if it is wanted',
  async () => {
    const home = new Home();
    const path = keygen(home.file('key'), 'ed25519', 'open sesame');
    const wants = await Promise.all([1, 2, 3].map(() => startMachine({ authorized: [publicKeyOf(path)] })));
    const wantsNot = await startMachine({ authorized: [home.key.publicKey] });
    home.knows(wantsNot, ...wants);
    const questions: PassphraseQuestion[] = [];
    const pool = home.pool({
      prompt: async (question) => {
        questions.push(question);
        return 'open sesame';
      },
    });
    const identityFiles = [path, home.file('.ssh/id_ecdsa')];
    await pool.exec(targetOf(wantsNot, { identityFiles }), run).result;
    expect(questions).toEqual([]);
    await Promise.all(wants.map((machine) => pool.exec(targetOf(machine, { identityFiles }), run).result));
    expect(questions).toEqual([
      { kind: 'passphrase', path, attempt: 1, message: `Enter the passphrase for the key ${path}: ` },
    ]);
    // First a question, since a signature costs the person something.
    expect(wants[0]?.signIns).toEqual(['publickey?', 'publickey']);
  },
);

test.skipIf(withoutKeygen)('a wrong passphrase is asked for again, three times in all, and never shown', async () => {
  const home = new Home();
  const path = keygen(home.file('key'), 'ed25519', 'open sesame');
  const machine = await startMachine({ authorized: [publicKeyOf(path)] });
  home.knows(machine);
  const answers = ['hunter2', 'open sesame'];
  const target = targetOf(machine, { identityFiles: [path] });
  await home.pool({ prompt: async () => answers.shift() }).exec(target, run).result;
  const attempts: number[] = [];
  const { result } = home
    .pool({
      prompt: async ({ attempt }) => {
        attempts.push(attempt);
        return 'hunter2';
      },
    })
    .exec(target, run);
  const error = await result.catch((reason: Error) => reason);
  expect(error).toMatchObject({
    code: 'SSH_AUTH_FAILED',
    message: expect.stringContaining('the passphrase was wrong'),
  });
  expect(attempts).toEqual([1, 2, 3]);
  expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain('hunter2');
});

test.skipIf(withoutKeygen)('who does not want to say is not asked again', async () => {
  const home = new Home();
  const path = keygen(home.file('key'), 'ed25519', 'open sesame');
  const machines = await Promise.all([1, 2].map(() => startMachine({ authorized: [publicKeyOf(path)] })));
  home.knows(...machines);
  let asked = 0;
  const prompt = async (): Promise<undefined> => {
    asked += 1;
  };
  const pool = home.pool({ prompt });
  for (const machine of machines) {
    const { result } = pool.exec(targetOf(machine, { identityFiles: [path] }), run);
    await expect(result).rejects.toThrow('no passphrase was given');
  }
  expect(asked).toBe(1);
});

test.skipIf(withoutKeygen)('without anybody to ask, an encrypted key is named', async () => {
  const home = new Home();
  const path = keygen(home.file('key'), 'ed25519', 'open sesame');
  const machine = await startMachine({ authorized: [publicKeyOf(path)] });
  home.knows(machine);
  const { result } = home.pool().exec(targetOf(machine, { identityFiles: [path] }), run);
  await expect(result).rejects.toThrow(`${path} is encrypted, and there is nobody to ask`);
});

test('an encrypted PEM file is asked for last, for it does not tell its public key', async () => {
  const home = new Home();
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const pem = { type: 'pkcs1', format: 'pem' } as const;
  const encrypted = privateKey.export({ ...pem, cipher: 'aes-256-cbc', passphrase: 'open sesame' }).toString();
  const path = home.write('old.pem', encrypted);
  const plain = writeKey(home.file('plain'), makeKey());
  const { testKeyOf } = await import('./support/keys.ts');
  const wants = await startMachine({ authorized: [testKeyOf(privateKey.export(pem).toString()).publicKey] });
  home.knows(wants);
  let asked = 0;
  const prompt = async (): Promise<string> => {
    asked += 1;
    return 'open sesame';
  };
  await home.pool({ prompt }).exec(targetOf(wants, { identityFiles: [path, plain] }), run).result;
  expect(asked).toBe(1);
  expect(wants.signIns).toEqual(['publickey', 'publickey']);
  const refuses = await startMachine({ authorized: [] });
  home.knows(refuses);
  const { result } = home.pool().exec(targetOf(refuses, { identityFiles: [path] }), run);
  await expect(result).rejects.toThrow(`${path} is encrypted, and there is nobody to ask`);
});

test('an encrypted PEM file with a public key next to it is asked for only if it is wanted', async () => {
  const home = new Home();
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const pem = { type: 'pkcs1', format: 'pem' } as const;
  const { testKeyOf } = await import('./support/keys.ts');
  const key = testKeyOf(privateKey.export(pem).toString());
  const path = home.write('old', privateKey.export({ ...pem, cipher: 'aes-128-cbc', passphrase: 'x' }).toString());
  home.write('old.pub', `${key.type} ${key.publicKey} me`);
  const machine = await startMachine({ authorized: [key.publicKey] });
  home.knows(machine);
  await home.pool({ prompt: async () => 'x' }).exec(targetOf(machine, { identityFiles: [path] }), run).result;
  expect(machine.signIns).toEqual(['publickey?', 'publickey']);
});
