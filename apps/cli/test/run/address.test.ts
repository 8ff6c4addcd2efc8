import { expect, test } from 'vitest';
import { addressOf, targetOf } from '../../src/run/address.ts';
import { loadSettings } from '../../src/settings/load-settings.ts';
import type { Settings } from '../../src/settings/settings.ts';
import { vm } from '../support/vm.ts';
import { writeFileSync } from 'node:fs';
import { testHome } from '../support/home.ts';

async function settingsOf(ssh: string): Promise<Settings> {
  const { directory, configFile } = testHome(`[ssh]\n${ssh}\n`);
  writeFileSync(configFile, `[ssh]\n${ssh}\n`);
  const env = { AZFLEET_CONFIG: configFile };
  return await loadSettings({ env, platform: 'linux', homeDirectory: directory, overrides: {} });
}

const address = async (ssh: string, members: Partial<ReturnType<typeof vm>> = {}): Promise<string | undefined> =>
  addressOf(vm({ name: 'vm-1', ...members }), (await settingsOf(ssh)).ssh);

test('auto: from outside where there is a way, through a jump host inside', async () => {
  expect(await address('')).toBe('20.1.2.3');
  expect(await address('', { publicIps: [] })).toBe('10.0.0.4');
  expect(await address('', { publicIps: null })).toBe('10.0.0.4');
  expect(await address('jump = "bastion"')).toBe('10.0.0.4');
  expect(await address('jump = "bastion"', { privateIps: [] })).toBe('20.1.2.3');
  expect(await address('', { publicIps: [], privateIps: [] })).toBeUndefined();
});

test('public and private mean just that', async () => {
  expect(await address('address = "public"\njump = "bastion"')).toBe('20.1.2.3');
  expect(await address('address = "public"', { publicIps: [] })).toBeUndefined();
  expect(await address('address = "private"')).toBe('10.0.0.4');
});

test('IPv4 before IPv6, where there are both', async () => {
  expect(await address('', { publicIps: ['2001:db8::7', '20.1.2.3'] })).toBe('20.1.2.3');
  expect(await address('', { publicIps: ['2001:db8::7'] })).toBe('2001:db8::7');
});

test('user and port are given only where the configuration names them; the machine’s own user is the last word', async () => {
  const place = { machine: vm({ name: 'vm-1', vmId: 'v' }), address: '20.1.2.3', isFromAzure: true };
  expect(targetOf(place, await settingsOf(''))).toEqual({
    host: '20.1.2.3',
    name: 'vm-1',
    identityFiles: [],
    hostKeyPolicy: 'accept-new',
    hostKeyAlias: 'azfleet-v',
    mayAddHostKey: true,
    defaultUser: 'azureuser',
  });
  const named = await settingsOf('user = "ops"\nport = 2222\njump = "bastion"\nports = { "VM-1" = 2201, "vm-2" = 22 }');
  expect(targetOf({ ...place, isFromAzure: false }, named)).toMatchObject({
    user: 'ops',
    port: 2201,
    jump: 'bastion',
    mayAddHostKey: false,
  });
  expect(targetOf({ ...place, machine: vm({ name: 'vm-2' }) }, named).port).toBe(22);
  expect(targetOf({ ...place, machine: vm({ name: 'vm-3' }) }, named).port).toBe(2222);
});

test('what is not known of a machine is left to ssh’s own rules', async () => {
  const machine = vm({ name: 'vm-1', vmId: null, adminUsername: null });
  const target = targetOf({ machine, address: '20.1.2.3', isFromAzure: true }, await settingsOf(''));
  expect(Object.keys(target)).toEqual(['host', 'name', 'identityFiles', 'hostKeyPolicy', 'mayAddHostKey']);
});
