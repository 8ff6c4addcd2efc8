import { expect, onTestFinished, test } from 'vitest';
import { targetOf } from '../../src/run/address.ts';
import { openPool } from '../../src/run/open-pool.ts';
import { loadSettings } from '../../src/settings/load-settings.ts';
import { capturedIo } from '../support/cli.ts';
import { fleetOfMachines } from '../support/machines.ts';
import { vm } from '../support/vm.ts';

test('the pool as azfleet opens it: ten machines at 50 ms, twice; the second time at one round trip a command', async () => {
  const { sim, env } = await fleetOfMachines(10, { ssh: { roundTripMs: 50 } });
  const io = capturedIo(env, { now: Date.now, setTimeout, clearTimeout: () => {} });
  const settings = await loadSettings({ env, platform: 'linux', homeDirectory: io.homeDirectory, overrides: {} });
  const { pool } = openPool(settings, io);
  onTestFinished(() => pool.close());
  const runAll = async (): Promise<number> => {
    const before = sim.stats().ssh!.flights;
    const commands = sim.fleet.machines().map(({ name, vmId, publicIps, adminUsername }) => {
      const place = { machine: vm({ name, vmId, adminUsername }), address: publicIps[0]!, isFromAzure: true };
      return pool.exec(targetOf(place, settings), { command: 'true' }).result;
    });
    await Promise.all(commands);
    return sim.stats().ssh!.flights - before;
  };
  await runAll();
  const flights = await runAll();
  expect(pool.stats()).toMatchObject({ handshakes: 10, reused: 10, connections: 10 });
  expect(flights / 10).toBeLessThanOrEqual(1.3);
});
