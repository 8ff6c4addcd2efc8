import { execFileSync, spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type Server, type Socket, createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { SshAgent } from '../src/identities/ssh-agent.ts';
import { FakeClock } from './support/fake-clock.ts';
import { Home, startMachine, targetOf } from './support/home.ts';
import { keygen } from './support/keys.ts';
import { sshAdd, sshAgent, sshKeygen } from './support/programs.ts';
import { startSshd, withoutSshd } from './support/sshd.ts';
import { until } from './support/until.ts';

const withoutAgent = sshAgent === undefined || sshAdd === undefined;
const run = { command: 'true' };

async function startAgent(home: Home): Promise<{ path: string; add(key: string): void }> {
  const path = home.file('agent.sock');
  const child = spawn(sshAgent ?? '', ['-D', '-a', path], { stdio: 'ignore' });
  onTestFinished(() => void child.kill());
  await until(() => existsSync(path));
  const env = { ...process.env, SSH_AUTH_SOCK: path };
  return { path, add: (key) => void execFileSync(sshAdd ?? '', ['-q', key], { env, stdio: 'ignore' }) };
}

function publicKeyOf(path: string): string {
  return readFileSync(`${path}.pub`, 'utf8').split(' ')[1] ?? '';
}

test.skipIf(withoutAgent).each(['ed25519', 'ecdsa', 'rsa'] as const)(
  'a key of %s in the agent signs in, after a question',
  async (type) => {
    const home = new Home();
    const agent = await startAgent(home);
    const path = keygen(home.file('key'), type);
    agent.add(path);
    const machine = await startMachine({ authorized: [publicKeyOf(path)] });
    home.knows(machine);
    await home.pool({ env: { SSH_AUTH_SOCK: agent.path } }).exec(targetOf(machine), run).result;
    expect(machine.signIns).toEqual(['publickey?', 'publickey']);
  },
);

test.skipIf(withoutAgent || withoutSshd)('OpenSSH takes what OpenSSH’s agent signs', async () => {
  const home = new Home();
  const agent = await startAgent(home);
  const sshd = await startSshd(home);
  home.write('.ssh/known_hosts', sshd.knownHostsLine);
  const path = keygen(home.file('key'), 'rsa');
  agent.add(path);
  writeFileSync(`${sshd.directory}/authorized_keys`, readFileSync(`${path}.pub`));
  const pool = home.pool({ env: { SSH_AUTH_SOCK: agent.path } });
  expect((await pool.exec(sshd.target, run).result).exitCode).toBe(0);
});

test.skipIf(withoutAgent)('IdentitiesOnly with a public key picks one key of the agent', async () => {
  const home = new Home();
  const agent = await startAgent(home);
  const [a, b] = ['a', 'b'].map((name) => keygen(home.file(name), 'ed25519'));
  agent.add(a ?? '');
  agent.add(b ?? '');
  const machine = await startMachine({ authorized: [publicKeyOf(a ?? ''), publicKeyOf(b ?? '')] });
  home.knows(machine);
  home.write('.ssh/config', `IdentitiesOnly yes\nIdentityFile ${b}.pub\nIdentityAgent ${agent.path}`);
  await home.pool().exec(targetOf(machine), run).result;
  expect(machine.signIns).toEqual(['publickey?', 'publickey']);
  expect(machine.keysOffered).toEqual([publicKeyOf(b ?? ''), publicKeyOf(b ?? '')]);
});

test.skipIf(withoutAgent)('an encrypted file that the agent has open needs no passphrase', async () => {
  const home = new Home();
  const agent = await startAgent(home);
  const path = keygen(home.file('key'), 'ed25519');
  agent.add(path);
  execFileSync(sshKeygen ?? '', ['-q', '-a', '1', '-p', '-P', '', '-N', 'open sesame', '-f', path]);
  const machine = await startMachine({ authorized: [publicKeyOf(path)] });
  home.knows(machine);
  const pool = home.pool({ env: { SSH_AUTH_SOCK: agent.path }, prompt: () => expect.unreachable() });
  await pool.exec(targetOf(machine, { identityFiles: [path] }), run).result;
});

test.skipIf(withoutAgent)('a public key whose private one the agent lacks is a clear word', async () => {
  const home = new Home();
  const agent = await startAgent(home);
  const path = keygen(home.file('key'), 'ed25519');
  rmSync(path);
  const machine = await startMachine({ authorized: [] });
  home.knows(machine);
  const pool = home.pool({ env: { SSH_AUTH_SOCK: agent.path } });
  await expect(pool.exec(targetOf(machine, { identityFiles: [`${path}.pub`] }), run).result).rejects.toThrow(
    'it is a public key, and the SSH agent does not hold its private one',
  );
});

test('an agent that is not there costs its keys only, and is named when none is left', async () => {
  const home = new Home();
  const env = { SSH_AUTH_SOCK: home.file('no.sock') };
  const machine = await startMachine({ authorized: [home.key.publicKey] });
  home.knows(machine);
  await home.pool({ env }).exec(targetOf(machine), run).result;
  const other = await startMachine({ authorized: [] });
  home.knows(other);
  await expect(home.pool({ env }).exec(targetOf(other), run).result).rejects.toThrow(
    `the SSH agent at ${env.SSH_AUTH_SOCK}`,
  );
});

interface FakeAgent {
  readonly path: string;
  readonly accepted: number;
  readonly open: number;
}

/** An agent that answers every request with the given messages in turn, each with its length in front. */
async function startFakeAgent(home: Home, answer: (request: Buffer) => Buffer | undefined): Promise<FakeAgent> {
  const sockets = new Set<Socket>();
  let accepted = 0;
  const server: Server = createServer((socket) => {
    accepted += 1;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => {});
    socket.on('data', (data) => {
      for (let at = 0; at < data.length;) {
        const length = data.readUInt32BE(at);
        const body = answer(data.subarray(at + 4, at + 4 + length));
        at += 4 + length;
        if (body === undefined) continue;
        const header = Buffer.alloc(4);
        header.writeUInt32BE(body.length);
        // In pieces, as a socket may.
        socket.write(Buffer.concat([header, body.subarray(0, 1)]));
        socket.write(body.subarray(1));
      }
    });
  });
  const path = home.file('fake.sock');
  await new Promise<void>((resolve) => server.listen(path, resolve));
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  return {
    path,
    get accepted() {
      return accepted;
    },
    get open() {
      return sockets.size;
    },
  };
}

const noKeys = Buffer.from([12, 0, 0, 0, 0]);

test('many questions at once share one socket, which is gone afterwards', async () => {
  const home = new Home();
  const fake = await startFakeAgent(home, ([type]) => (type === 11 ? noKeys : Buffer.from([5])));
  const agent = new SshAgent(fake.path, new FakeClock());
  const blob = Buffer.from('key');
  const all = await Promise.allSettled([
    agent.list(),
    ...Array.from({ length: 50 }, () => agent.sign(blob, blob, 'ssh-ed25519')),
  ]);
  expect(all[0]).toEqual({ status: 'fulfilled', value: [] });
  expect(all.slice(1).every(({ status }) => status === 'rejected')).toBe(true);
  expect(fake.accepted).toBe(1);
  await until(() => fake.open === 0);
});

test('keys are listed once for all hand-shakes of a second', async () => {
  const home = new Home();
  let listed = 0;
  const fake = await startFakeAgent(home, () => {
    listed += 1;
    return noKeys;
  });
  const clock = new FakeClock();
  const agent = new SshAgent(fake.path, clock);
  await Promise.all([agent.list(), agent.list()]);
  await agent.list();
  expect(listed).toBe(1);
  clock.advance(1000);
  await agent.list();
  expect(listed).toBe(2);
});

test.each([
  ['nonsense', Buffer.from([255, 1, 2])],
  ['half a list', Buffer.from([12, 0, 0, 0, 2, 0, 0, 0, 1, 7])],
])('an agent that answers %s is an error', async (_, answer) => {
  const home = new Home();
  const fake = await startFakeAgent(home, () => answer);
  await expect(new SshAgent(fake.path, new FakeClock()).list()).rejects.toThrow('The SSH agent');
});

test('an agent that promises a huge answer is hung up on', async () => {
  const home = new Home();
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.write(Buffer.from([255, 255, 255, 255, 0]));
  });
  const path = home.file('huge.sock');
  await new Promise<void>((resolve) => server.listen(path, resolve));
  onTestFinished(() => void server.close());
  await expect(new SshAgent(path, new FakeClock()).list()).rejects.toThrow('does not speak its protocol');
});

test('an agent that does not list its keys is given up after five seconds', async () => {
  const home = new Home();
  let asked = 0;
  const fake = await startFakeAgent(home, () => {
    asked += 1;
    return undefined;
  });
  const clock = new FakeClock();
  const listing = new SshAgent(fake.path, clock).list();
  await until(() => asked === 1);
  clock.advance(5000);
  await expect(listing).rejects.toThrow('The SSH agent does not answer');
  await until(() => fake.open === 0);
});

function text(value: string): Buffer {
  return Buffer.concat([Buffer.from([0, 0, 0, value.length]), Buffer.from(value)]);
}

test('a signature of another kind than asked for is refused', async () => {
  const home = new Home();
  const signature = Buffer.concat([text('ssh-rsa'), text('bytes')]);
  const answer = Buffer.concat([Buffer.from([14]), Buffer.from([0, 0, 0, signature.length]), signature]);
  const fake = await startFakeAgent(home, () => answer);
  const agent = new SshAgent(fake.path, new FakeClock());
  const signing = agent.sign(Buffer.from('key'), Buffer.from('data'), 'rsa-sha2-512');
  await expect(signing).rejects.toThrow('The SSH agent cannot make rsa-sha2-512 signatures');
  expect((await agent.sign(Buffer.from('key'), Buffer.from('data'), 'ssh-rsa')).toString()).toBe('bytes');
});
