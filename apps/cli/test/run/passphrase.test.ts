import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Passphrases } from '../../src/run/passphrases.ts';
import { capturedIo, executable } from '../support/cli.ts';
import { fleetOfMachines } from '../support/machines.ts';
import { sshKeygen, withoutSshd } from '../support/sshd.ts';

const PASSPHRASE = 'open sesame';

function later<T>(): { promise: Promise<T>; answer: (value: T) => void } {
  let answer!: (value: T) => void;
  const promise = new Promise<T>((resolve) => (answer = resolve));
  return { promise, answer };
}

/** A fleet whose key is encrypted. */
async function fleetWithEncryptedKey(count: number) {
  const fleet = await fleetOfMachines(count);
  const key = join(fleet.sandbox.directory, '.ssh/id_ed25519');
  // One round instead of sixteen: nobody has to be kept from guessing.
  execFileSync(sshKeygen, ['-q', '-p', '-a', '1', '-P', '', '-N', PASSPHRASE, '-f', key]);
  return { ...fleet, key };
}

test.skipIf(withoutSshd)('the person is asked once, however many machines there are', async () => {
  const { azfleet, key } = await fleetWithEncryptedKey(4);
  const questions: string[] = [];
  const secretPrompt = async (question: string): Promise<string> => {
    questions.push(question);
    return PASSPHRASE;
  };
  const { exitCode, stderr } = await azfleet(['run', '--all', '--explain', '--', 'true'], { secretPrompt });
  expect([exitCode, questions]).toEqual([0, [`Enter the passphrase for the key ${key}:`]]);
  expect(stderr).not.toContain(PASSPHRASE);
});

test.skipIf(withoutSshd)('who would rather not say, is told what that means', async () => {
  const { azfleet } = await fleetWithEncryptedKey(1);
  const { exitCode, stderr } = await azfleet(['run', 'vm-01', '--', 'true'], { secretPrompt: async () => undefined });
  expect(exitCode).toBe(255);
  expect(stderr).toMatch(/^vm-01: .*is encrypted, and no passphrase was given/);
});

test('an attempt knows whether the person was asked meanwhile', async () => {
  const { promise, answer } = later<string>();
  const io = capturedIo({}, { now: Date.now, setTimeout, clearTimeout: () => {} }, undefined, [], {
    secretPrompt: () => promise,
  });
  const passphrases = new Passphrases(io);
  const before = passphrases.watch();
  expect(before()).toBe(false);
  const asking = passphrases.prompt!({ kind: 'passphrase', path: 'key', attempt: 1, message: 'Passphrase: ' });
  const meanwhile = passphrases.watch();
  expect([before(), meanwhile()]).toEqual([true, true]);
  answer('x');
  await asking;
  expect([before(), meanwhile(), passphrases.watch()()]).toEqual([true, true, false]);
});

const noTerminal = !existsSync('/usr/bin/script') && process.env['CI'] === undefined;

test.skipIf(withoutSshd || noTerminal)('on a real terminal: asked, typed with corrections, and not shown', async () => {
  const { env, key } = await fleetWithEncryptedKey(2);
  const command = [process.execPath, executable, 'run', '--all', '--', 'hostname'].map((word) => `'${word}'`).join(' ');
  const child = spawn('script', ['-qec', `${command} </dev/null`, '/dev/null'], {
    env: { ...env, TERM: 'xterm' },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  let shown = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const wasAsked = shown.includes('passphrase');
    shown += text;
    if (!wasAsked && shown.includes('passphrase')) child.stdin.write(`wrong\u0015${PASSPHRASE}x\u007f\r`);
  });
  const [code] = await once(child, 'close');
  expect(code).toBe(0);
  expect(shown).toContain(`Enter the passphrase for the key ${key}:`);
  expect(shown).toMatch(/2 ok · /);
  expect(shown).not.toMatch(/wrong|sesame/);
});

test.skipIf(withoutSshd || noTerminal)('Ctrl-C at the question interrupts', async () => {
  const { env } = await fleetWithEncryptedKey(1);
  const command = [process.execPath, executable, 'run', '--all', '--', 'hostname'].map((word) => `'${word}'`).join(' ');
  const child = spawn('script', ['-qec', command, '/dev/null'], {
    env: { ...env, TERM: 'xterm' },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  let shown = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const wasAsked = shown.includes('passphrase');
    shown += text;
    if (!wasAsked && shown.includes('passphrase')) child.stdin.write('\u0003');
  });
  expect(await once(child, 'close')).toEqual([130, null]);
});
