import { expect, test } from 'vitest';
import { start } from '../support/simulators.ts';
import { Client, clientOf, endpointOf, sshOf } from '../support/ssh.ts';
import { listOf, pathsOf } from '../support/http.ts';

test('a machine keeps its key and its name at another one’s address, and its connections break', async () => {
  const sim = await start({ machines: 2, ssh: true });
  const [web, api] = sim.fleet.machines();
  const place = endpointOf(sim, 'web-01');
  const before = await clientOf(sim, 'web-01');
  sim.fleet.swapAddresses('web-01', 'api-01');
  await before.closed;
  const [webAfter, apiAfter] = sim.fleet.machines();
  expect(webAfter).toMatchObject({ privateIps: api?.privateIps, publicIps: api?.publicIps, vmId: web?.vmId });
  expect(apiAfter).toMatchObject({ privateIps: web?.privateIps, publicIps: web?.publicIps });
  const shown = await listOf(sim, pathsOf(sim).publicIps);
  expect(shown[0].properties.ipAddress).toBe(api?.publicIps[0]);
  const client = await new Client().connect(sim, place);
  expect((await client.run('hostname')).text).toBe('api-01\n');
  expect(client.hostKey).toBe(sshOf(sim).hostKey('api-01'));
});
