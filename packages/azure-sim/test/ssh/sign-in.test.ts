import { statSync } from 'node:fs';
import { expect, test } from 'vitest';
import { makeKeyPair } from '../../src/ssh/key-pair.ts';
import { start } from '../support/simulators.ts';
import { clientOf, sshOf } from '../support/ssh.ts';

test('the simulator’s key signs in as the machine’s user, and nothing else does', async () => {
  const sim = await start({ machines: 3, ssh: true });
  const client = await clientOf(sim, 'api-01');
  expect((await client.run('hostname')).text).toBe('api-01\n');
  const { privateText: privateKey } = makeKeyPair();
  for (const options of [{ privateKey }, { user: 'root' }, { password: 'secret' }]) {
    await expect(clientOf(sim, 'api-01', options)).rejects.toThrow(/authentication methods failed/);
  }
  expect(sim.stats().ssh).toMatchObject({ connections: 4, handshakes: 1 });
});

test.skipIf(process.platform === 'win32')('the key is nobody else’s to read, and goes with the simulator', async () => {
  const sim = await start({ machines: 1, ssh: true });
  const { privateKeyPath } = sshOf(sim);
  expect(statSync(privateKeyPath).mode & 0o777).toBe(0o600);
  await sim.close();
  expect(() => statSync(privateKeyPath)).toThrow(/ENOENT/);
});
