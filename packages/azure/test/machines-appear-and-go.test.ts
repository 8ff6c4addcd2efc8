import { describe, expect, it } from 'vitest';

import type { AnswerFetchOptions, AnswerStore } from '../src/index.ts';
import { startScene } from './scene.ts';

const names = (vms: readonly { name: string }[]): string[] => vms.map((vm) => vm.name);

describe("a machine that changes behind the client's back", () => {
  it('appears with its addresses once the status names it', async () => {
    const { sim, clock, events, list } = await startScene({ machines: 5 });
    await list();
    sim.resetStats();
    sim.fleet.add({ name: 'brand-new', publicIps: ['198.51.100.77'] });
    clock.advance(61_000);
    const fleet = await list();
    expect(fleet.vms.at(-1)).toMatchObject({ name: 'brand-new', publicIps: ['198.51.100.77'], unknown: [] });
    // The status, and then, together, all that a new machine is in.
    expect(sim.stats().byKind).toMatchObject({ 'vm-status': 2, 'vm-list': 1, 'nic-list': 1, 'public-ip-list': 1 });
    expect(events.filter((event) => event.type === 'refetch')).toHaveLength(1);
    sim.resetStats();
    await list();
    expect(sim.stats().arm).toBe(0);
  });

  it('goes once the status does not name it any more', async () => {
    const { sim, clock, list } = await startScene({ machines: 5 });
    const gone = (await list()).vms[2]?.name ?? '';
    sim.resetStats();
    sim.fleet.remove(gone);
    clock.advance(61_000);
    const fleet = await list();
    expect(names(fleet.vms)).not.toContain(gone);
    expect(fleet.vms).toHaveLength(4);
    expect(sim.stats().byKind).toMatchObject({ 'vm-status': 2, 'vm-list': 1, 'nic-list': 0, 'public-ip-list': 0 });
  });

  it('gets its new interface when only the list is new', async () => {
    const { sim, clock, list } = await startScene({ machines: 3 });
    const machine = sim.fleet.machines()[0];
    await list();
    clock.advance(5 * 60_000 + 1000);
    sim.resetStats();
    const nics = [
      {
        name: 'second-nic',
        ipConfigurations: [
          {
            name: 'ipconfig1',
            privateIp: '10.99.0.4',
            version: 'IPv4' as const,
            publicIp: { name: 'second-ip', address: '198.51.100.9', allocation: 'Static' as const },
          },
        ],
      },
    ];
    sim.fleet.change(machine?.name ?? '', { nics });
    const fleet = await list();
    expect(fleet.vms[0]).toMatchObject({ privateIps: ['10.99.0.4'], publicIps: ['198.51.100.9'], unknown: [] });
    expect(sim.stats()).toMatchObject({ arm: 4, byKind: { 'nic-list': 1, 'public-ip-list': 1 } });
  });

  it('is shown with what is known when the answers keep differing, and is not fetched for again and again', async () => {
    const { sim, clock, store, list } = await startScene({ machines: 3 });
    const halfMade = sim.fleet.add({ name: 'half-made' });
    const blind = { store: withoutStatusOf('half-made', store()) };
    const fleet = await list({}, blind);
    // Fetched together: what they say is Azure's last word.
    expect(fleet.azureCalls).toBe(4);
    expect(fleet.vms.find((vm) => vm.name === 'half-made')).toMatchObject({
      powerState: 'unknown',
      provisioningState: 'Succeeded',
      privateIps: halfMade.privateIps,
      unknown: ['powerState'],
    });
    for (let minute = 0; minute < 3; minute += 1) {
      clock.advance(61_000);
      expect((await list({}, blind)).azureCalls).toBe(1);
    }
    // Another difference is a new one.
    sim.fleet.remove(sim.fleet.machines()[0]?.name ?? '');
    clock.advance(61_000);
    expect((await list({}, blind)).azureCalls).toBe(3);
  });
});

/** An Azure whose status list never names the machine. */
function withoutStatusOf(name: string, store: AnswerStore): AnswerStore {
  return {
    namespace(kind, subscriptionId) {
      const namespace = store.namespace(kind, subscriptionId);
      if (kind !== 'vm_status') return namespace;
      return {
        get: (key) => namespace.get(key),
        readSync: (key) => namespace.readSync(key),
        set: (key, value, options) => namespace.set(key, value, options),
        generationSync: () => namespace.generationSync(),
        fetch: <T>(
          key: string,
          loader: (context: { signal: AbortSignal }) => Promise<{ value: T }>,
          options?: AnswerFetchOptions,
        ) =>
          namespace.fetch<T>(
            key,
            async (context) => {
              const { value } = (await loader(context)) as { value: { items: { id: string }[] } };
              return {
                value: { ...value, items: value.items.filter((item) => !item.id.toLowerCase().endsWith(name)) } as T,
              };
            },
            options,
          ),
      };
    },
  };
}
