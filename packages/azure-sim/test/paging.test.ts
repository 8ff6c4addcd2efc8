import { expect, test } from 'vitest';
import { ask, pathsOf, tokenOf } from './support/http.ts';
import { start } from './support/simulators.ts';
import { walk } from './support/walk.ts';

test('a list is cut into pages with absolute links to the next one', async () => {
  const sim = await start({ machines: 45, pageSize: 20 });
  const { names, links } = await walk(sim, pathsOf(sim).vmStatus);
  expect(names).toEqual(sim.fleet.machines().map(({ name }) => name));
  expect(links).toHaveLength(2);
  for (const link of links) {
    const url = new URL(link);
    expect(url.origin).toBe(sim.endpoint);
    expect(link).toContain('$skiptoken=');
    expect(url.searchParams.get('api-version')).toBe('2024-07-01');
    expect(url.searchParams.get('statusonly')).toBe('true');
  }
  expect(sim.stats().byKind['vm-status']).toBe(3);
});

test('a full last page has no link', async () => {
  const sim = await start({ machines: 40, pageSize: 20 });
  const { links } = await walk(sim, pathsOf(sim).vms);
  expect(links).toHaveLength(1);
});

test.each(['nics', 'publicIps', 'subscriptions', 'groups'] as const)('%s are paged too', async (list) => {
  const sim = await start({ machines: 20, subscriptions: 5, pageSize: 3 });
  const { nics, publicIps, version } = pathsOf(sim);
  const groups = `/subscriptions/${sim.subscriptions[0].id}/resourcegroups?${version}`;
  const path = { nics, publicIps, groups, subscriptions: `/subscriptions?${version}` }[list];
  const paged = await ask(sim, path, { token: await tokenOf(sim) });
  expect(paged.body.value).toHaveLength(3);
  expect(paged.body.nextLink).toMatch(/^https:.*skiptoken/);
});

test('machines that come and go between two pages neither repeat nor hide others', async () => {
  const sim = await start({ machines: 30, pageSize: 10 });
  const before = sim.fleet.machines().map(({ name }) => name);
  const { names } = await walk(sim, pathsOf(sim).vms, (page) => {
    if (page !== 1) return;
    sim.fleet.remove(before[2] ?? '');
    sim.fleet.remove(before[25] ?? '');
    sim.fleet.change(before[4] ?? '', { powerState: 'stopped' });
    sim.fleet.add({ name: 'late' });
  });
  expect(names).toEqual([...before.filter((_, index) => index !== 25), 'late']);
});

test('ten thousand machines are all there, once each, in fifty pages', async () => {
  const sim = await start({ machines: 10_000 });
  const { names, links } = await walk(sim, pathsOf(sim).vmStatus);
  expect(new Set(names).size).toBe(10_000);
  expect(names).toHaveLength(10_000);
  expect(links).toHaveLength(49);
});

test('a list of a group has the machines of the group, whatever the case of its name', async () => {
  const sim = await start({ machines: 60, pageSize: 4 });
  const { names } = await walk(sim, pathsOf(sim).vmsOf('RG-Web-PROD'));
  const expected = sim.fleet.machines().filter(({ resourceGroup }) => resourceGroup === 'rg-web-prod');
  expect(names).toEqual(expected.map(({ name }) => name));
  expect(names.length).toBeGreaterThan(4);
});

test('links lead back to the host that was asked, if it is one of the simulator’s', async () => {
  const sim = await start({ machines: 3, pageSize: 1 });
  const token = await tokenOf(sim);
  const { port } = new URL(sim.endpoint);
  const local = await ask(sim, `https://localhost:${port}${pathsOf(sim).vms}`, { token });
  expect(new URL(local.body.nextLink as string).origin).toBe(`https://localhost:${port}`);
  // As an option of its own, node would check the certificate against the header.
  const servername = 'localhost';
  const foreign = await ask(sim, pathsOf(sim).vms, { token, servername, headers: { host: 'attacker.example' } });
  expect(new URL(foreign.body.nextLink as string).origin).toBe(sim.endpoint);
});

test('a made-up skip token is refused', async () => {
  const sim = await start();
  const answer = await ask(sim, `${pathsOf(sim).vms}&$skiptoken=made-up`, { token: await tokenOf(sim) });
  expect(answer.status).toBe(400);
  expect(answer.body.error.code).toBe('InvalidSkipToken');
});
