import { expect, test } from 'vitest';
import type { CommandContext } from '../../src/command.ts';
import { noExplain } from '../../src/explain.ts';
import type { ListedVm } from '../../src/fleet/columns.ts';
import { plain } from '../../src/output/style.ts';
import type { MachineResult, RunSink } from '../../src/run/machine-result.ts';
import { runOnFleet, type RunOutcome } from '../../src/run/run-on-fleet.ts';
import { loadSettings } from '../../src/settings/load-settings.ts';
import { capturedIo, type TestFleet } from '../support/cli.ts';
import { fleetOfMachines } from '../support/machines.ts';
import { vm } from '../support/vm.ts';

/** Runs a command on all machines of the fleet, with a sink of the test's. */
async function runAll({ sim, env }: TestFleet, command: string, sink: RunSink): Promise<RunOutcome> {
  const io = capturedIo(env, { now: Date.now, setTimeout, clearTimeout: () => {} });
  const settings = await loadSettings({ env, platform: 'linux', homeDirectory: io.homeDirectory, overrides: {} });
  const places = sim.fleet.machines().map(({ name, id, vmId, publicIps, adminUsername }) => {
    const machine = vm({ name, id, vmId, adminUsername });
    return { machine, address: publicIps[0]!, isFromAzure: true };
  });
  const context = {
    io,
    explain: noExplain,
    style: plain,
    stderrStyle: plain,
    notice: () => {},
  } as unknown as CommandContext;
  const limits = { commandMs: undefined, connectMs: undefined, width: undefined };
  return await runOnFleet(context, {
    settings,
    targets: { places, skipped: [] },
    locate: undefined,
    command,
    limits,
    sink,
  });
}

/** Notes what it is told, in order. */
class NotingSink implements RunSink {
  readonly notes: string[] = [];
  bytes = 0;
  #writing = new Set<string>();

  async write(machine: ListedVm, stream: string, bytes: Uint8Array): Promise<void> {
    const key = `${machine.name} ${stream}`;
    if (this.#writing.has(key)) throw new Error(`${key} is read on before it was written`);
    this.#writing.add(key);
    for (let turns = 0; turns < 3; turns += 1) await new Promise((resolve) => setImmediate(resolve));
    this.#writing.delete(key);
    this.bytes += bytes.length;
    if (this.notes.at(-1) !== `output of ${machine.name}`) this.notes.push(`output of ${machine.name}`);
  }

  result({ machine, status }: MachineResult): void {
    this.notes.push(`${machine.name} ${status}`);
  }

  async end(): Promise<void> {
    this.notes.push('end');
  }

  async close(): Promise<void> {
    this.notes.push('close');
  }
}

test('a machine is read no further before the sink has taken what was read, and nothing is lost', async () => {
  const fleet = await fleetOfMachines(3);
  const sink = new NotingSink();
  const { results } = await runAll(fleet, 'head -c 3000000 /dev/zero', sink);
  expect([results.map(({ status }) => status), sink.bytes]).toEqual([['ok', 'ok', 'ok'], 9_000_000]);
});

test('a machine’s output comes before its result, results before the end, and the sink is closed last', async () => {
  const fleet = await fleetOfMachines(2);
  const sink = new NotingSink();
  await runAll(fleet, 'echo out', sink);
  for (const name of ['vm-01', 'vm-02']) {
    expect(sink.notes.indexOf(`output of ${name}`)).toBeLessThan(sink.notes.indexOf(`${name} ok`));
  }
  expect(sink.notes).toHaveLength(6);
  expect(sink.notes.slice(-2)).toEqual(['end', 'close']);
});

test('a sink that cannot go on ends all of it: its error is thrown, and it is closed', async () => {
  const fleet = await fleetOfMachines(3);
  const sink = new NotingSink();
  sink.write = () => Promise.reject(new Error('no space left'));
  await expect(runAll(fleet, 'echo out; sleep 600', sink)).rejects.toThrow('no space left');
  expect(sink.notes).toEqual(['close']);
});

test('a sink that fails at a result, too', async () => {
  const fleet = await fleetOfMachines(1);
  const sink = new NotingSink();
  sink.result = () => {
    throw new Error('no space left');
  };
  await expect(runAll(fleet, 'true', sink)).rejects.toThrow('no space left');
});
