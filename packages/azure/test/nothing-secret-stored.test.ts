import { expect, it } from 'vitest';

import { installAz } from './az.ts';
import { startScene } from './scene.ts';

it('keeps no token, header, key or user data', async () => {
  const scene = await startScene({ machines: 0, subscriptions: 2 });
  scene.sim.fleet.add({
    name: 'vm-1',
    userData: 'launch code 12345',
    sshPublicKeys: ['ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIPublicKeyOfAlice alice'],
    tags: { role: 'web' },
  });
  const az = process.platform === 'win32' ? undefined : installAz(scene);
  const inventory = scene.inventory(az?.options);
  await inventory.subscriptions();
  await inventory.list({ subscriptions: scene.sim.subscriptions.map(({ id }) => id) });
  await inventory.close();

  const text = await scene.storedText();
  expect(text).toContain('vm-1');
  expect(text).toContain('"role":"web"');
  const userData = Buffer.from('launch code 12345').toString('base64');
  for (const secret of ['eyJ', 'Bearer', 'uthorization', 'x-ms-', 'ssh-', 'PublicKeyOf', 'launch code', userData]) {
    expect(text).not.toContain(secret);
  }
  for (const member of [
    'osProfile',
    'storageProfile',
    'customData',
    'userData',
    'secrets',
    'publicKeys',
    'identity',
    'resources',
    'etag":"W',
  ]) {
    expect(text).not.toContain(member);
  }
});
