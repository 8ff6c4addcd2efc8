import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { start } from './support/simulators.ts';

test('the CA lies in a fresh directory of the user’s own, which close() removes', async () => {
  const sim = await start({ machines: 1 });
  expect(readFileSync(sim.caPath, 'utf8')).toBe(sim.ca);
  await sim.close();
  expect(existsSync(dirname(sim.caPath))).toBe(false);
});

test.skipIf(process.platform === 'win32')('nobody else can put another file in its place', async () => {
  const sim = await start({ machines: 1 });
  expect(statSync(dirname(sim.caPath)).mode & 0o777).toBe(0o700);
  expect(statSync(sim.caPath).mode & 0o777).toBe(0o644);
});

test('a directory that is given is made, and kept; only the file goes', async () => {
  const parent = await mkdtemp(join(tmpdir(), 'azure-sim-test-'));
  onTestFinished(() => rm(parent, { recursive: true }));
  const directory = join(parent, 'a', 'b');
  const sim = await start({ machines: 1, directory });
  expect(sim.caPath).toBe(join(directory, 'azure-sim-ca.pem'));
  expect(readdirSync(directory)).toEqual(['azure-sim-ca.pem']);
  const next = await start({ machines: 1, directory });
  expect(readFileSync(next.caPath, 'utf8')).toBe(next.ca);
  await next.close();
  expect(readdirSync(directory)).toEqual([]);
});

test('no private key is written', async () => {
  const sim = await start({ machines: 1 });
  const files = readdirSync(dirname(sim.caPath)).map((name) => readFileSync(join(dirname(sim.caPath), name), 'utf8'));
  expect(files).toEqual([sim.ca]);
  expect(sim.ca).not.toContain('PRIVATE');
});
