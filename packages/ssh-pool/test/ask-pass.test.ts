import { expect, test } from 'vitest';
import { askPassPrompt } from '../src/identities/ask-pass.ts';
import { Passphrases } from '../src/identities/passphrases.ts';
import { Home, startMachine, targetOf } from './support/home.ts';
import { keygen } from './support/keys.ts';
import { sshKeygen } from './support/programs.ts';

const onWindows = process.platform === 'win32';
const question = { kind: 'passphrase', path: '/key', attempt: 1, message: 'Passphrase; $(touch /tmp/x) "?" ' } as const;

test.skipIf(onWindows)(
  'the program gets the question as one argument, with no shell in between, and answers with a line',
  async () => {
    const home = new Home();
    const program = home.write(
      'ask pass',
      `#!/bin/sh\nprintf '%s' "$1" > '${home.file('asked')}'\necho 'open sesame'\necho more\n`,
      0o700,
    );
    expect(await askPassPrompt({ SSH_ASKPASS: program })?.(question)).toBe('open sesame');
    expect(home.read('asked')).toBe(question.message);
  },
);

test.skipIf(onWindows)('a program that fails, or is not there, is a no', async () => {
  const home = new Home();
  const program = home.write('ask-pass', '#!/bin/sh\necho secret\nexit 1\n', 0o700);
  expect(await askPassPrompt({ SSH_ASKPASS: program })?.(question)).toBeUndefined();
  expect(await askPassPrompt({ SSH_ASKPASS: home.file('missing') })?.(question)).toBeUndefined();
});

async function wrong(): Promise<string> {
  return 'wrong';
}

test('SSH_ASKPASS_REQUIRE=never turns it off', () => {
  expect(askPassPrompt({ SSH_ASKPASS: '/bin/true', SSH_ASKPASS_REQUIRE: 'never' })).toBeUndefined();
  expect(askPassPrompt({ SSH_ASKPASS: '' })).toBeUndefined();
  expect(askPassPrompt({})).toBeUndefined();
});

test.skipIf(onWindows || sshKeygen === undefined)(
  'it is asked where there is no other prompt, or where it is preferred',
  async () => {
    const home = new Home();
    const path = keygen(home.file('key'), 'ed25519', 'open sesame');
    const program = home.write('ask-pass', '#!/bin/sh\necho open sesame\n', 0o700);
    const machine = await startMachine();
    home.knows(machine);
    const env = { SSH_ASKPASS: program, PATH: process.env['PATH'] };
    const target = targetOf(machine, { identityFiles: [path] });
    await home.pool({ env }).exec(target, { command: 'true' }).result;
    const preferring = { ...env, SSH_ASKPASS_REQUIRE: 'prefer' };
    await home.pool({ env: preferring, prompt: wrong }).exec(target, { command: 'true' }).result;
    const { result } = home.pool({ env, prompt: wrong }).exec(target, { command: 'true' });
    await expect(result).rejects.toThrow('the passphrase was wrong');
  },
);

test('questions come one at a time', async () => {
  let open = 0;
  let most = 0;
  const passphrases = new Passphrases(async () => {
    open += 1;
    most = Math.max(most, open);
    await new Promise((resolve) => setImmediate(resolve));
    open -= 1;
    return undefined;
  }, {});
  const asking = ['/a', '/b', '/c'].map((path) =>
    passphrases.unlock(path, 'text').catch((error: Error) => error.message),
  );
  expect(passphrases.isAsking).toBe(true);
  expect(await Promise.all(asking)).toEqual(
    ['/a', '/b', '/c'].map((path) => `${path} is encrypted, and no passphrase was given`),
  );
  expect(most).toBe(1);
  expect(passphrases.isAsking).toBe(false);
});
