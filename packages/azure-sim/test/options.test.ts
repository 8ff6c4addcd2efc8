import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, onTestFinished, test, vi } from 'vitest';
import { AzureSimError, startAzureSim, type AzureSimOptions } from '../src/index.ts';
import { start } from './support/simulators.ts';

test.each<[AzureSimOptions, RegExp]>([
  [{ machines: -1 }, /`machines` to be a whole number from 0 to 10000, got `-1`/],
  [{ machines: 1.5 }, /`machines`/],
  [{ machines: 6_000, subscriptions: 2 }, /12000 machines are more than 10000 in all/],
  [{ subscriptions: 0 }, /`subscriptions`/],
  [{ tenants: 0 }, /`tenants`/],
  [{ port: 70_000 }, /`port`/],
  [{ latencyMs: -1 }, /`latencyMs` to be a number from 0 on, got `-1`/],
  [{ jitterMs: Number.NaN }, /`jitterMs`/],
  [{ pageSize: 0 }, /`pageSize`/],
  [{ seed: Infinity }, /`seed`/],
  [{ throttle: { readBucket: 0 } }, /`throttle.readBucket`/],
  [{ throttle: { writeRefillPerSecond: 0 } }, /`throttle.writeRefillPerSecond`/],
])('%o is refused', async (options, message) => {
  const failure = await startAzureSim(options).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(AzureSimError);
  expect(failure).toMatchObject({ code: 'INVALID_OPTION', hint: expect.stringMatching(/^Give .*\.$/) });
  expect(String(failure)).toMatch(message);
});

afterEach(() => vi.unstubAllEnvs());

test('a port that is taken is named, and nothing is left behind', async () => {
  const sim = await start({ machines: 1 });
  // Of this test alone: others write to the usual one at the same time.
  const temporary = mkdtempSync(join(tmpdir(), 'sim-options-'));
  onTestFinished(() => rmSync(temporary, { recursive: true }));
  for (const name of ['TMPDIR', 'TEMP', 'TMP']) vi.stubEnv(name, temporary);
  const port = Number(new URL(sim.endpoint).port);
  const failure = await startAzureSim({ port, machines: 1 }).catch((error: unknown) => error);
  expect(failure).toMatchObject({ code: 'LISTEN_FAILED', cause: { code: 'EADDRINUSE' } });
  expect(String(failure)).toContain(`port ${port}`);
  expect(readdirSync(temporary)).toEqual([]);
});

test('an empty fleet is a fleet', async () => {
  const sim = await start({ machines: 0 });
  expect(sim.fleet.machines()).toEqual([]);
  expect(sim.fleet.add().subscriptionId).toBe(sim.subscriptions[0].id);
});

test('the error of another copy of the package is one, too', () => {
  const foreign = Object.assign(new Error('x'), { [Symbol.for('azfleet.azure-sim.error')]: true });
  expect(foreign).toBeInstanceOf(AzureSimError);
  expect(new Error('x')).not.toBeInstanceOf(AzureSimError);
  expect(undefined as unknown).not.toBeInstanceOf(AzureSimError);
});
