import type { Fault } from '@azfleet/azure-sim';
import { expect, it } from 'vitest';

import { metadataOf, startRecorder } from './recorder.ts';
import { startScene } from './scene.ts';

const once: [string, Fault][] = [
  ['a 500', { status: 500 }],
  ['a 503 without Retry-After', { status: 503 }],
  ['a dropped connection', { drop: true }],
  ['a body that is cut short', { truncate: true }],
];

it.each(once)('repeats a call after %s', async (_, fault) => {
  const { sim, list } = await startScene({ machines: 30, pageSize: 20 });
  sim.inject({ ...fault, kind: 'vm-list', nth: 2, times: 1 });
  sim.inject({ ...fault, kind: 'public-ip-list', nth: 1, times: 1 });
  const fleet = await list();
  expect(fleet.errors).toEqual([]);
  expect(fleet.vms).toHaveLength(30);
  expect(fleet.vms.filter((vm) => vm.publicIps === null || vm.size === null)).toEqual([]);
  // The page that failed, and not those before it.
  expect(sim.stats().byKind).toMatchObject({ 'vm-list': 3, 'vm-status': 2 });
});

it.each([
  ['a 500', { status: 500 }, { category: 'azure', status: 500, code: 'InternalServerError' }],
  ['a dropped connection', { drop: true }, { category: 'network', code: 'ECONNRESET' }],
  ['a body that is cut short', { truncate: true }, { category: 'azure', code: 'ANSWER_CUT_SHORT' }],
] as [string, Fault, object][])('gives up when %s persists, and says so in one line', async (_, fault, expected) => {
  const { sim, list } = await startScene({ machines: 3 });
  sim.inject({ ...fault, path: /virtualMachines/ });
  const fleet = await list();
  expect(fleet.errors).toHaveLength(1);
  for (const error of fleet.errors) {
    expect(error).toMatchObject(expected);
    expect(error.message).not.toMatch(/[\n?]/);
    expect(error.hint).not.toBe('');
  }
});

it('does not take a list for whole whose pages go in circles', async () => {
  const { list, connection } = await startScene({ machines: 1 });
  const circular = await startRecorder((path, origin) => ({
    body: path.startsWith('/metadata/') ? metadataOf(origin) : { value: [], nextLink: `${origin}/again?api-version=1` },
  }));
  const fleet = await list({}, { connection: { ...connection, ...circular } });
  expect(fleet.errors).toEqual([expect.objectContaining({ code: 'PAGES_REPEAT' })]);
  expect(circular.seen).toHaveLength(9);
});
