import { once } from 'node:events';
import { expect, test } from 'vitest';
import { start } from '../support/simulators.ts';
import { clientOf, endpointOf, socketTo } from '../support/ssh.ts';
import { until } from '../support/until.ts';

test('MaxSessions refuses a session and not the connection', async () => {
  const sim = await start({ machines: 1, ssh: { maxSessions: 2 } });
  const client = await clientOf(sim, 'web-01');
  const held = [client.start('sleep 3600'), client.start('sleep 3600')];
  await until(() => sim.stats().ssh?.commands === 2);
  await expect(client.run('true')).rejects.toMatchObject({ reason: 2 });
  await held[0]?.stop('INT');
  await held[0]?.result;
  expect((await client.run('true')).code).toBe(0);
  expect(sim.stats().ssh).toMatchObject({ sessions: 3, refusedSessions: 1, maxSessions: 2, commands: 3 });
});

test('MaxStartups closes connections that come while others are not signed in', async () => {
  const sim = await start({ machines: 1, ssh: { maxStartups: 1 } });
  const place = endpointOf(sim, 'web-01');
  const first = await socketTo(place);
  await once(first, 'data');
  const second = await socketTo(place);
  await once(second.resume(), 'close');
  expect(sim.stats().ssh).toMatchObject({ refusedStartups: 1 });
  first.destroy();
  await until(() => sim.stats().ssh?.maxConnections === 2);
  let code: number | undefined;
  while (code === undefined) {
    code = await clientOf(sim, 'web-01').then(
      async (client) => (await client.run('true')).code,
      () => undefined,
    );
  }
  expect(code).toBe(0);
});

test('counts begin anew', async () => {
  const sim = await start({ machines: 1, ssh: true });
  const client = await clientOf(sim, 'web-01');
  await client.run('true');
  sim.resetStats();
  expect(sim.stats().ssh).toMatchObject({ connections: 0, commands: 0, maxConnections: 1 });
});
