import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { startAzureSim } from '../src/index.ts';
import { ask, pathsOf, tokenOf } from './support/http.ts';
import { start } from './support/simulators.ts';

const script = `
  import https from 'node:https';
  import net from 'node:net';
  const { startAzureSim } = await import(process.argv[1]);
  const sim = await startAzureSim({ machines: 5, latencyMs: 3_600_000 });
  const agent = new https.Agent({ ca: sim.ca, keepAlive: true });
  https.get(sim.endpoint, { agent }).on('error', () => {});
  net.connect(Number(new URL(sim.endpoint).port), '127.0.0.1').on('error', () => {});
  const waiting = setInterval(async () => {
    if (sim.stats().total === 0) return;
    clearInterval(waiting);
    await sim.close();
    agent.destroy();
    console.log(JSON.stringify(process.getActiveResourcesInfo().filter((name) => /Server|TLS|TCP|Timeout/.test(name))));
  }, 5);
`;

test('a process whose simulator is closed exits, though answers and connections were open', async () => {
  const module = new URL('../dist/index.js', import.meta.url).href;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script, module], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const output = text(child.stdout);
  const [code] = (await once(child, 'exit')) as [number];
  expect(code).toBe(0);
  expect(JSON.parse(await output)).toEqual([]);
});

test('closing frees the port, and can be done twice', async () => {
  const sim = await start({ machines: 1 });
  const port = Number(new URL(sim.endpoint).port);
  await ask(sim, pathsOf(sim).vms, { token: await tokenOf(sim) });
  await Promise.all([sim.close(), sim.close()]);
  await sim[Symbol.asyncDispose]();
  const [error] = (await once(connect(port, '127.0.0.1'), 'error').catch((reason: unknown) => [reason])) as [
    NodeJS.ErrnoException,
  ];
  expect(error.code).toBe('ECONNREFUSED');
  const again = await start({ machines: 1, port });
  expect(new URL(again.endpoint).port).toBe(String(port));
});

test('await using closes it', async () => {
  let endpoint = '';
  {
    await using sim = await startAzureSim({ machines: 1 });
    ({ endpoint } = sim);
    expect((await ask(sim, '/metadata/endpoints?api-version=2022-09-01')).status).toBe(200);
  }
  const reached = await new Promise((resolve) => {
    const socket = connect(Number(new URL(endpoint).port), '127.0.0.1', () => resolve(true));
    socket.on('error', () => resolve(false));
  });
  expect(reached).toBe(false);
});
