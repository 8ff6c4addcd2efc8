import { expect, test } from 'vitest';
import { start } from '../support/simulators.ts';
import { clientOf } from '../support/ssh.ts';

test('five hundred hosts answer', async () => {
  const sim = await start({ machines: 720, ssh: true });
  const names = sim.fleet
    .machines()
    .filter(({ os, powerState }) => os === 'Linux' && powerState === 'running')
    .slice(0, 500)
    .map(({ name }) => name);
  expect(names.length).toBe(500);
  const answers: string[] = [];
  for (let index = 0; index < names.length; index += 50) {
    const clients = await Promise.all(names.slice(index, index + 50).map((name) => clientOf(sim, name)));
    answers.push(...(await Promise.all(clients.map(async (client) => (await client.run('hostname')).text.trim()))));
  }
  expect(answers).toEqual(names);
  expect(sim.stats().ssh).toMatchObject({ handshakes: 500, maxConnections: 500 });
});
