import { expect, it } from 'vitest';

import { joinFleet } from '../src/join.ts';
import { decodeProjection, encodeProjection } from '../src/projection.ts';
import { idOf, machine, nic, publicIp, status, SUBSCRIPTION } from './fixtures.ts';

const vms = joinFleet(SUBSCRIPTION, {
  machines: [
    machine('plain'),
    machine('rich', {
      zones: ['1', '3'],
      tags: { 'cost center': '4 2', a: '' },
      vmId: null,
      timeCreated: null,
      size: null,
    }),
    { ...machine('odd'), id: `/SUBSCRIPTIONS/X/resourcegroups/Rg/providers/Microsoft.Compute/virtualMachines/odd` },
    machine('lost', { nics: [idOf('networkInterfaces', 'gone')] }),
  ],
  statuses: [status('plain'), status('rich', { powerState: 'deallocated' }), status('status-only')],
  nics: [nic('plain-nic', { privateIps: ['10.0.0.4', 'fd00::4'] }), nic('rich-nic', { publicIpIds: [] })],
  publicIps: [publicIp('plain-nic-ip', '198.51.100.1')],
});

it('gives back every member of every machine, through JSON', () => {
  const encoded = encodeProjection(vms, [], []);
  const decoded = decodeProjection(SUBSCRIPTION, JSON.parse(JSON.stringify(encoded)) as typeof encoded);
  expect(decoded).toEqual(vms);
  expect(decoded.map((vm) => Object.keys(vm))).toEqual(vms.map((vm) => Object.keys(vm)));
});

it('does not repeat what follows from the rest', () => {
  const text = JSON.stringify(encodeProjection(vms, [], []));
  expect(text).not.toContain(idOf('virtualMachines', 'plain'));
  expect(text).toContain('/SUBSCRIPTIONS/X');
  expect(text.match(/westeurope/g)).toHaveLength(1);
});
