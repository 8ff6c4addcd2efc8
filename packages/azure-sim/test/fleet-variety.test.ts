import { expect, test } from 'vitest';
import type { SimMachine } from '../src/index.ts';
import { start } from './support/simulators.ts';

async function fleetOf(options: {
  seed?: number;
  machines?: number;
  subscriptions?: number;
}): Promise<readonly SimMachine[]> {
  const sim = await start(options);
  return sim.fleet.machines();
}

test('the default fleet has one of every kind that a client must cope with', async () => {
  const fleet = await fleetOf({});
  const publicIps = fleet.flatMap(({ nics }) => nics).flatMap(({ ipConfigurations }) => ipConfigurations);
  expect(fleet).toHaveLength(20);
  expect(new Set(fleet.map(({ powerState }) => powerState))).toEqual(
    new Set(['running', 'deallocated', 'stopped', 'starting', 'unknown']),
  );
  expect(new Set(fleet.map(({ provisioningState }) => provisioningState))).toEqual(new Set(['Succeeded', 'Failed']));
  expect(fleet.some(({ os }) => os === 'Windows')).toBe(true);
  expect(fleet.some(({ tags }) => tags === undefined)).toBe(true);
  expect(fleet.some(({ zones }) => zones.length === 0)).toBe(true);
  expect(fleet.some(({ powerState, publicIps }) => powerState === 'running' && publicIps.length === 0)).toBe(true);
  expect(fleet.some(({ nics }) => nics.length > 1)).toBe(true);
  expect(fleet.some(({ nics }) => nics.some(({ ipConfigurations }) => ipConfigurations.length > 2))).toBe(true);
  expect(fleet.some(({ publicIps }) => publicIps.some((address) => address.includes(':')))).toBe(true);
  expect(new Set(publicIps.map(({ publicIp }) => publicIp?.allocation))).toEqual(
    new Set(['Static', 'Dynamic', undefined]),
  );
  const takenAway = fleet.filter(
    ({ nics, publicIps }) => publicIps.length === 0 && nics[0]?.ipConfigurations[0]?.publicIp?.allocation === 'Dynamic',
  );
  expect(takenAway.map(({ powerState }) => powerState)).toEqual(['deallocated']);
});

test('the same seed and counts give the same fleet, another seed another', async () => {
  const first = await fleetOf({ seed: 7, machines: 50, subscriptions: 2 });
  const second = await fleetOf({ seed: 7, machines: 50, subscriptions: 2 });
  const other = await fleetOf({ seed: 8, machines: 50, subscriptions: 2 });
  expect(second).toEqual(first);
  expect(other.map(({ vmId }) => vmId)).not.toEqual(first.map(({ vmId }) => vmId));
});

test('a larger fleet begins with the smaller one', async () => {
  const small = await fleetOf({ machines: 7 });
  const large = await fleetOf({ machines: 70 });
  expect(large.slice(0, 7)).toEqual(small);
});

test('names, ids and addresses are unique in the whole fleet', async () => {
  const fleet = await fleetOf({ machines: 2_000, subscriptions: 5 });
  const addresses = fleet.flatMap(({ nics }) => nics.flatMap(({ ipConfigurations }) => ipConfigurations));
  const publicIps = addresses.flatMap(({ publicIp }) => publicIp?.address ?? []);
  const privateIps = addresses.map(({ privateIp }) => privateIp);
  for (const values of [fleet.map(({ name }) => name), fleet.map(({ vmId }) => vmId), publicIps, privateIps]) {
    expect(new Set(values).size).toBe(values.length);
  }
  // Nobody's real address: RFC 2544 and RFC 3849.
  expect(publicIps.every((address) => /^(198\.1[89]\.|2001:db8:)/.test(address))).toBe(true);
});

test('public keys are well-formed', async () => {
  const [machine] = await fleetOf({ machines: 1 });
  const [type, blob = ''] = machine?.sshPublicKeys[0]?.split(' ') ?? [];
  const bytes = Buffer.from(blob, 'base64');
  expect(type).toBe('ssh-ed25519');
  expect(bytes).toHaveLength(4 + 11 + 4 + 32);
  expect(bytes.subarray(4, 15).toString()).toBe('ssh-ed25519');
});
