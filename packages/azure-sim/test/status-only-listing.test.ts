import { expect, test } from 'vitest';
import { ask, pathsOf, tokenOf } from './support/http.ts';
import { start } from './support/simulators.ts';

test('a status listing has instance views, and neither tags nor network profiles', async () => {
  const sim = await start();
  const { body } = await ask(sim, pathsOf(sim).vmStatus, { token: await tokenOf(sim) });
  for (const vm of body.value) {
    expect(vm.properties.instanceView.statuses).not.toHaveLength(0);
    expect(vm).not.toHaveProperty('tags');
    expect(vm.properties).not.toHaveProperty('networkProfile');
    expect(vm.properties).not.toHaveProperty('osProfile');
    expect(vm.id).toContain(`/resourceGroups/${/resourceGroups\/([^/]+)/.exec(vm.id)?.[1]?.toUpperCase()}/`);
  }
  const codes = body.value.map(({ properties }: { properties: { instanceView: { statuses: { code: string }[] } } }) =>
    properties.instanceView.statuses.map(({ code }) => code).find((code) => code.startsWith('PowerState/')),
  );
  const states = sim.fleet
    .machines()
    .map(({ powerState }) => (powerState === 'unknown' ? undefined : `PowerState/${powerState}`));
  expect(codes).toEqual(states);
});

test('a model listing has no instance views', async () => {
  const sim = await start();
  const { body } = await ask(sim, pathsOf(sim).vms, { token: await tokenOf(sim) });
  for (const vm of body.value) {
    expect(vm.properties).not.toHaveProperty('instanceView');
    expect(vm.properties.networkProfile.networkInterfaces).not.toHaveLength(0);
    expect(vm.properties).not.toHaveProperty('userData');
  }
});

test('a group’s listing knows no statusOnly', async () => {
  const sim = await start();
  const path = `${pathsOf(sim).vmsOf('rg-web-prod')}&statusOnly=true`;
  const { body } = await ask(sim, path, { token: await tokenOf(sim) });
  expect(body.value[0].properties).not.toHaveProperty('instanceView');
  expect(sim.stats().byKind).toMatchObject({ 'vm-list-group': 1, 'vm-status': 0 });
});
