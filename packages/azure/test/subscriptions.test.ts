import { expect, it } from 'vitest';

import { AzureError, readSubscriptionsSync } from '../src/index.ts';
import { startScene } from './scene.ts';

it('lists the subscriptions of the account, and remembers them', async () => {
  const { sim, clock, inventory } = await startScene({ machines: 1, subscriptions: 3, pageSize: 2 });
  const one = inventory();
  const answer = await one.subscriptions();
  expect(answer.subscriptions).toEqual(
    sim.subscriptions.map(({ id, name, tenantId }) => ({ id, name, tenantId, state: 'Enabled' })),
  );
  expect(answer).toMatchObject({ source: 'azure', stale: false, azureCalls: sim.stats().byKind.subscriptions });
  expect(await one.subscriptions()).toMatchObject({ source: 'cache', azureCalls: 0 });
  clock.advance(3_600_000);
  sim.inject({ kind: 'subscriptions', status: 502 });
  const stale = await one.subscriptions();
  expect(stale).toMatchObject({ stale: true, error: { category: 'azure', status: 502 } });
  expect(stale.subscriptions).toHaveLength(3);
  await one.close();
});

it('says why it cannot', async () => {
  const { sim, inventory } = await startScene({ machines: 1 });
  sim.inject({ kind: 'subscriptions', status: 403 });
  const one = inventory();
  await expect(one.subscriptions()).rejects.toMatchObject({
    code: 'REQUEST_FAILED',
    category: 'authorization',
    message:
      'The list of subscriptions could not be had: The client does not have authorization to perform this action.',
  });
  await expect(one.subscriptions()).rejects.toBeInstanceOf(AzureError);
  await one.close();
});

it('says what it was doing when nobody is signed in, or nothing is cached', async () => {
  const { sim, inventory } = await startScene({ machines: 1 });
  sim.inject({ kind: 'token', status: 400 });
  const one = inventory();
  await expect(one.subscriptions()).rejects.toMatchObject({
    code: 'NOT_SIGNED_IN',
    category: 'authentication',
    message: expect.stringMatching(/^The list of subscriptions could not be had: Not signed in to Azure: /),
  });
  await expect(one.subscriptions({ mode: 'offline' })).rejects.toMatchObject({
    code: 'NOT_CACHED',
    category: 'not-found',
    message: 'The list of subscriptions could not be had: Nothing is cached for the list of subscriptions yet',
    hint: 'Run it once without --offline.',
  });
  await one.close();
});

it('does not show an old list to whom Azure refuses it', async () => {
  const { sim, clock, inventory } = await startScene({ machines: 1 });
  const one = inventory();
  await one.subscriptions();
  clock.advance(3_600_000);
  sim.inject({ kind: 'subscriptions', status: 403 });
  await expect(one.subscriptions()).rejects.toMatchObject({ category: 'authorization' });
  await one.close();
});

it('gives the kept list without asking, while it is fresh or nobody may ask', async () => {
  const { sim, clock, inventory, store } = await startScene({ machines: 1, subscriptions: 2 });
  expect(readSubscriptionsSync(store())).toBeUndefined();
  const one = inventory();
  const { subscriptions } = await one.subscriptions();
  await one.close();
  const asked = sim.stats().arm;
  expect(readSubscriptionsSync(store())).toEqual(subscriptions);
  expect(readSubscriptionsSync(store(), { mode: 'refresh' })).toBeUndefined();
  expect(readSubscriptionsSync(store(), { mode: 'bypass' })).toBeUndefined();
  clock.advance(31 * 60_000);
  expect(readSubscriptionsSync(store(), { mode: 'stale-while-revalidate' })).toBeUndefined();
  expect(readSubscriptionsSync(store(), { mode: 'offline' })).toEqual(subscriptions);
  expect(sim.stats().arm).toBe(asked);
});
