import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { startAzureSim } from '../../src/index.ts';
import { clientOf, endpointOf, socketTo, sshOf } from '../support/ssh.ts';
import { until } from '../support/until.ts';

const script = `
  import { connect } from 'node:net';
  const { startAzureSim } = await import(process.argv[1]);
  const sim = await startAzureSim({ machines: 20, ssh: { roundTripMs: 3_600_000 } });
  sim.ssh.inject('web-01', 'silent');
  sim.ssh.inject('api-01', 'refuse')();
  for (const { host, port } of [...sim.ssh.endpoints().values()].slice(0, 5)) connect(port, host).on('error', () => {});
  const waiting = setInterval(async () => {
    if (sim.stats().ssh.connections < 3) return;
    clearInterval(waiting);
    await sim.close();
    await new Promise(setImmediate);
    console.log(JSON.stringify(process.getActiveResourcesInfo().filter((name) => /Server|TCP|Timeout/.test(name))));
  }, 5);
`;

test('a process whose simulator is closed exits, though connections were open', async () => {
  const module = new URL('../../dist/index.js', import.meta.url).href;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script, module], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const output = text(child.stdout);
  const [code] = (await once(child, 'exit')) as [number];
  expect(code).toBe(0);
  expect(JSON.parse(await output)).toEqual([]);
});

test('closing breaks what runs and frees the ports', async () => {
  const sim = await startAzureSim({ machines: 1, ssh: true });
  const place = endpointOf(sim, 'web-01');
  const client = await clientOf(sim, 'web-01');
  const { result } = client.start('sleep 3600');
  await until(() => sim.stats().ssh?.commands === 1);
  await sim.close();
  await client.closed;
  expect(await result).toMatchObject({ code: undefined });
  await expect(socketTo(place)).rejects.toThrow(/ECONNREFUSED/);
  sim.fleet.add();
  await new Promise(setImmediate);
  expect(sshOf(sim).endpoints().size).toBe(0);
});
