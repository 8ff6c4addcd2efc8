import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { testFleet } from './support/cli.ts';

const json = ['list', '-o', 'json'];

test('what was learned about a subscription is kept for the context, and a broken file costs nothing', async () => {
  const fleet = await testFleet();
  await fleet.azfleet(json);
  const directory = fleet.env['AZFLEET_STATE_DIR']!;
  expect(readdirSync(directory)).toEqual(['learned-sim.json']);
  const file = join(directory, 'learned-sim.json');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(Object.keys(JSON.parse(readFileSync(file, 'utf8')).lanes)).toEqual([fleet.sim.subscriptions[0].id]);
  writeFileSync(file, '{"version":1,"lanes":{"x":[[[');
  expect((await fleet.azfleet([...json, '--refresh'])).exitCode).toBe(0);
});

test('a small bucket is not overrun: the pages wait for what Azure says is left', async () => {
  const fleet = await testFleet({ machines: 60, pageSize: 5, throttle: { readBucket: 20, readRefillPerSecond: 100 } });
  const { exitCode, stdout } = await fleet.azfleet(json);
  expect(exitCode).toBe(0);
  expect(JSON.parse(stdout).vms).toHaveLength(60);
});

test('Azure refuses again and again: it is told, and the command ends with exit code 5', async () => {
  const fleet = await testFleet();
  fleet.sim.inject({ kind: 'vm-status', status: 429, retryAfterSeconds: 0 });
  const { exitCode, stdout, stderr } = await fleet.azfleet(['list']);
  expect(exitCode).toBe(5);
  expect(stdout).toContain('unknown');
  expect(stderr.match(/Azure is throttling/g)).toHaveLength(1);
  expect(fleet.sim.stats().byKind['vm-status']).toBe(5);
});

test('Azure asks to wait for an hour: it is not waited for', async () => {
  const fleet = await testFleet();
  await fleet.azfleet(json);
  fleet.advance(120_000);
  fleet.calls();
  fleet.sim.inject({ kind: 'vm-status', status: 429, retryAfterSeconds: 3600 });
  const { exitCode, stdout } = await fleet.azfleet(json);
  expect(exitCode).toBe(5);
  expect(JSON.parse(stdout).meta.stale).toBe(true);
  expect(fleet.calls()).toBe(1);
});
