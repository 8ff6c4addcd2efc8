import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { testFleet } from './support/cli.ts';

test('no token, key or user data is in any file, nor in what is printed', async () => {
  const fleet = await testFleet({ machines: 30 });
  const secret = fleet.sim.env['IDENTITY_HEADER']!;
  const outputs: string[] = [];
  for (const args of [
    ['list', '-o', 'json', '--explain'],
    ['list', '--refresh', '--explain'],
    ['status', 'web-01', '--explain'],
    ['list', '--explain', '--offline'],
  ]) {
    const { stdout, stderr } = await fleet.process(args);
    outputs.push(stdout, stderr);
  }
  fleet.sim.deny(fleet.sim.subscriptions[0].id);
  outputs.push((await fleet.process(['list', '--no-cache', '--explain'])).stderr);

  const files = ['AZFLEET_CACHE_DIR', 'AZFLEET_STATE_DIR', 'AZFLEET_RUNTIME_DIR'].flatMap((name) => {
    const directory = fleet.env[name]!;
    return readdirSync(directory, { recursive: true, encoding: 'utf8' }).map((file) => join(directory, file));
  });
  const texts = files.filter((file) => statSync(file).isFile()).map((file) => readFileSync(file, 'utf8'));
  expect(texts.length).toBeGreaterThan(4);
  for (const text of [...texts, ...outputs]) {
    expect(text).not.toContain(secret);
    expect(text).not.toMatch(/eyJ[\w-]+\.eyJ/); // a token
    expect(text).not.toMatch(/ssh-rsa|ssh-ed25519|PRIVATE KEY|Bearer|userData|customData|authorization:/i);
  }
});
