import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { expect, onTestFinished, test } from 'vitest';
import { forAnotherCommand, widthFor } from '../../src/run/width.ts';
import { loadSettings } from '../../src/settings/load-settings.ts';
import { testHome } from '../support/home.ts';
import { fleetOfMachines } from '../support/machines.ts';

/** How many machines are under way at once at the most, from the first word to them to the end of their command. */
function watchWidth(): { most(): number } {
  let now = 0;
  let most = 0;
  const on = (channel: string, change: number): void => {
    const count = (): void => {
      now += change;
      most = Math.max(most, now);
    };
    subscribe(channel, count);
    onTestFinished(() => void unsubscribe(channel, count));
  };
  on('azfleet:ssh-pool:connecting', 1);
  on('azfleet:ssh-pool:command', -1);
  return { most: () => most };
}

test('--width: never more machines at once', async () => {
  const { azfleet } = await fleetOfMachines(12);
  const width = watchWidth();
  expect((await azfleet(['run', '--all', '--width', '3', '--', 'true'])).exitCode).toBe(0);
  expect(width.most()).toBe(3);
});

test('without it, all of a small fleet at once', async () => {
  const { azfleet } = await fleetOfMachines(12);
  const width = watchWidth();
  expect((await azfleet(['run', '--all', '--', 'true'])).exitCode).toBe(0);
  expect(width.most()).toBe(12);
});

test('ssh.max_connections bounds it, too', async () => {
  const fleet = await fleetOfMachines(12);
  await fleet.azfleet(['config', 'set', 'contexts.sim.ssh.max_connections', '2']);
  const width = watchWidth();
  expect((await fleet.azfleet(['run', '--all', '--', 'true'])).exitCode).toBe(0);
  expect(width.most()).toBe(2);
});

test('dead machines never fill the pool: half of the connections are for those that are slow to connect', async () => {
  const { directory } = testHome();
  const settings = await loadSettings({ env: {}, platform: 'linux', homeDirectory: directory, overrides: {} });
  const limits = { commandMs: undefined, connectMs: undefined, width: undefined };
  expect(widthFor(256, settings, limits)).toEqual({ most: 128, bound: undefined });
  const throughTwo = { ...settings, ssh: { ...settings.ssh, jump: 'one,two' } };
  expect(widthFor(256, throughTwo, limits)).toEqual({ most: 127, bound: undefined });
  // Nobody gives a slot away where the user has set a limit.
  expect(widthFor(256, settings, { ...limits, width: 200 })).toEqual({ most: 200, bound: 200 });
  expect(widthFor(256, settings, { ...limits, width: 1000 })).toEqual({ most: 128, bound: undefined });
  expect(widthFor(256, settings, { ...limits, connectMs: 1000 })).toEqual({ most: 256, bound: 256 });
  expect(widthFor(4, settings, limits)).toEqual({ most: 4, bound: 4 });
  expect(widthFor(2, throughTwo, limits)).toEqual({ most: 1, bound: 1 });
});

test('what was learned for another command: how long connects take, and no narrow width', () => {
  const learned = {
    version: 1,
    lanes: { direct: { width: 7, latencyMs: 30, connectMs: 900 }, jump: { handshakes: 12 } },
  } as const;
  expect(forAnotherCommand(learned).lanes).toEqual({
    direct: { width: 64, isGrowing: true, connectMs: 900 },
    jump: { width: 64, isGrowing: true, handshakes: 12 },
  });
});
