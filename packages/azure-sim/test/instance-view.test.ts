import { expect, test } from 'vitest';
import { ask, pathsOf, tokenOf } from './support/http.ts';
import { sdkOf } from './support/sdk.ts';
import { start } from './support/simulators.ts';

test('a get has an instance view only if it is asked for', async () => {
  const sim = await start();
  const token = await tokenOf(sim);
  const { vm } = pathsOf(sim);
  const plain = await ask(sim, vm('rg-web-prod', 'web-01'), { token });
  const expanded = await ask(sim, vm('RG-WEB-PROD', 'WEB-01', '?$expand=instanceView'), { token });
  const view = await ask(sim, vm('rg-web-prod', 'web-01', '/instanceView'), { token });
  expect(plain.body.name).toBe('web-01');
  expect(plain.body.properties).not.toHaveProperty('instanceView');
  expect(expanded.body.properties.instanceView).toEqual(view.body);
  expect(view.body).toMatchObject({
    computerName: 'web-01',
    vmAgent: { statuses: [{ displayStatus: 'Ready' }] },
    statuses: [
      { code: 'ProvisioningState/succeeded', level: 'Info', displayStatus: 'Provisioning succeeded' },
      { code: 'PowerState/running', level: 'Info', displayStatus: 'VM running' },
    ],
  });
  expect(sim.stats().byKind).toMatchObject({ 'vm-get': 2, 'vm-instance-view': 1 });
});

test('the SDK reads the same', async () => {
  const sim = await start();
  const { compute } = sdkOf(sim);
  const view = await compute.virtualMachines.instanceView('rg-windows-prod', 'sql-01');
  expect(view.osName).toMatch(/Windows/);
  const vm = await compute.virtualMachines.get('rg-windows-prod', 'sql-01', { expand: 'instanceView' });
  expect(vm.instanceView?.statuses).toEqual(view.statuses);
  expect(vm.osProfile?.windowsConfiguration?.provisionVMAgent).toBe(true);
});

test('a machine that failed says why and has no power state; one that does not run has no agent', async () => {
  const sim = await start({ machines: 1 });
  const view = async () => {
    const target = pathsOf(sim).vm('rg-web-prod', 'web-01', '/instanceView');
    return (await ask(sim, target, { token: await tokenOf(sim) })).body;
  };
  sim.fleet.change('web-01', { provisioningState: 'Failed', powerState: 'unknown' });
  const failed = await view();
  expect(failed.statuses).toHaveLength(1);
  expect(failed.statuses[0]).toMatchObject({ level: 'Error', message: expect.stringContaining('capacity') });
  expect(failed).not.toHaveProperty('vmAgent');
  sim.fleet.change('web-01', { provisioningState: 'Updating', powerState: 'deallocating' });
  const updating = await view();
  expect(updating.statuses.map(({ code }: { code: string }) => code)).toEqual([
    'ProvisioningState/updating',
    'PowerState/deallocating',
  ]);
});

test('user data comes only when it is asked for, in base64', async () => {
  const sim = await start({ machines: 1 });
  const token = await tokenOf(sim);
  const target = pathsOf(sim).vm('rg-web-prod', 'web-01', '?$expand=userData');
  const { body } = await ask(sim, target, { token });
  expect(Buffer.from(body.properties.userData, 'base64').toString()).toBe('#cloud-config\nhostname: web-01\n');
  sim.fleet.change('web-01', { userData: undefined });
  expect((await ask(sim, target, { token })).body.properties).not.toHaveProperty('userData');
});

test('a list expands instance views only with a filter, which fits no machine here', async () => {
  const sim = await start();
  const token = await tokenOf(sim);
  const { vms, vmsOf } = pathsOf(sim);
  for (const list of [vms, vmsOf('rg-web-prod')]) {
    const refused = await ask(sim, `${list}&$expand=instanceView`, { token });
    expect(refused.status).toBe(400);
    expect(refused.body.error).toMatchObject({ code: 'InvalidParameter', target: '$expand' });
    const filter = encodeURIComponent(`'virtualMachineScaleSet/id' eq '/subscriptions/x'`);
    const filtered = await ask(sim, `${list}&$expand=instanceView&$filter=${filter}`, { token });
    expect(filtered.body).toEqual({ value: [] });
    const nonsense = await ask(sim, `${list}&$filter=name%20eq%20x`, { token });
    expect(nonsense.body.error).toMatchObject({ code: 'InvalidParameter', target: '$filter' });
  }
});
