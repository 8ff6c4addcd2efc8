import { expect, test } from 'vitest';
import { start } from '../support/simulators.ts';
import { clientOf, sshOf } from '../support/ssh.ts';

test('each machine has a host key of its own, which stays until it is changed', async () => {
  const sim = await start({ machines: 2, ssh: true });
  const ssh = sshOf(sim);
  const key = ssh.hostKey('web-01');
  expect(ssh.hostKey('api-01')).not.toBe(key);
  expect((await clientOf(sim, 'web-01')).hostKey).toBe(key);
  expect((await clientOf(sim, 'web-01')).hostKey).toBe(key);
  ssh.changeHostKey('web-01');
  expect(ssh.hostKey('web-01')).not.toBe(key);
  expect((await clientOf(sim, 'web-01')).hostKey).toBe(ssh.hostKey('web-01'));
  expect(() => ssh.hostKey('nope')).toThrow(/There is no machine `nope`/);
});
