import { expect, test } from 'vitest';
import { ask, pathsOf, tokenOf, type Answer } from './support/http.ts';
import { ManualClock } from './support/manual-clock.ts';
import { collect, sdkOf } from './support/sdk.ts';
import { start } from './support/simulators.ts';

const reads = 'x-ms-ratelimit-remaining-subscription-reads';
const resource = 'x-ms-ratelimit-remaining-resource';

async function times(count: number, ask: () => Promise<Answer>): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (let index = 0; index < count; index += 1) answers.push(await ask());
  return answers;
}

test('reads are counted down, refused with Retry-After when none is left, and refilled', async () => {
  const clock = new ManualClock();
  const sim = await start({ machines: 1, clock, throttle: { readBucket: 5, readRefillPerSecond: 0.5 } });
  const token = await tokenOf(sim);
  const list = () => ask(sim, pathsOf(sim).nics, { token });
  const answers = await times(7, list);
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 429, 429]);
  expect(answers.map(({ headers }) => headers[reads])).toEqual(['4', '3', '2', '1', '0', '0', '0']);
  const refused = answers[5];
  expect(refused?.body.error.code).toBe('TooManyRequests');
  expect(refused?.headers['retry-after']).toBe('2');
  clock.advance(1_000);
  expect((await list()).headers['retry-after']).toBe('1');
  clock.advance(1_000);
  expect((await list()).status).toBe(200);
  expect((await list()).status).toBe(429);
  // However long it waits, the bucket holds no more than it is made for.
  clock.advance(60_000);
  expect((await list()).headers[reads]).toBe('4');
});

test('each subscription and each principal has a bucket of its own', async () => {
  const clock = new ManualClock();
  const sim = await start({ machines: 1, subscriptions: 2, clock, throttle: { readBucket: 1 } });
  const mine = await tokenOf(sim);
  const theirs = await tokenOf(sim, { clientId: '11111111-2222-4333-8444-555555555555' });
  const [first, second] = sim.subscriptions.map(({ id }) => pathsOf(sim, id).nics);
  const status = async (path = '', token = '') => (await ask(sim, path, { token })).status;
  expect(await status(first, mine)).toBe(200);
  expect(await status(first, mine)).toBe(429);
  expect(await status(second, mine)).toBe(200);
  expect(await status(first, theirs)).toBe(200);
  const subscriptions = await ask(sim, '/subscriptions?api-version=2022-12-01', { token: mine });
  expect(subscriptions.headers['x-ms-ratelimit-remaining-tenant-reads']).toBe('0');
  const again = await ask(sim, '/subscriptions?api-version=2022-12-01', { token: mine });
  expect(again.status).toBe(429);
});

test('the default buckets are Azure’s', async () => {
  const clock = new ManualClock();
  const sim = await start({ machines: 1, clock });
  const token = await tokenOf(sim);
  const read = await ask(sim, pathsOf(sim).nics, { token });
  const write = await ask(sim, pathsOf(sim).vm('rg-web-prod', 'web-01', '/start'), { token, method: 'POST' });
  expect(read.headers[reads]).toBe('249');
  expect(write.headers['x-ms-ratelimit-remaining-subscription-writes']).toBe('199');
  expect(write.headers).not.toHaveProperty(reads);
  await times(249, () => ask(sim, pathsOf(sim).nics, { token }));
  expect((await ask(sim, pathsOf(sim).nics, { token })).status).toBe(429);
  clock.advance(40);
  expect((await ask(sim, pathsOf(sim).nics, { token })).status).toBe(200);
});

test('lists of machines have a limit of Compute’s own, besides', async () => {
  const clock = new ManualClock();
  const sim = await start({ machines: 1, clock, throttle: { readBucket: 5_000 } });
  const token = await tokenOf(sim);
  const list = () => ask(sim, pathsOf(sim).vms, { token });
  const get = await ask(sim, pathsOf(sim).vm('rg-web-prod', 'web-01'), { token });
  expect(get.headers).not.toHaveProperty(resource);
  const answers = await times(901, list);
  expect(answers[0]?.headers[resource]).toBe('Microsoft.Compute/HighCostGetSubscriptionMaximum;899');
  const refused = answers.at(-1);
  expect(refused?.status).toBe(429);
  expect(refused?.body.error.code).toBe('OperationNotAllowed');
  expect(refused?.headers['retry-after']).toBe('1');
  expect((await ask(sim, pathsOf(sim).nics, { token })).status).toBe(200);
});

test('a refused request tells what is left, too', async () => {
  const sim = await start({ machines: 1, clock: new ManualClock() });
  const token = await tokenOf(sim);
  const missing = await ask(sim, pathsOf(sim).vm('rg-web-prod', 'nope'), { token });
  expect(missing.status).toBe(404);
  expect(missing.headers[reads]).toBe('249');
});

test('nothing is limited where throttling is off', async () => {
  const sim = await start({ machines: 1, clock: new ManualClock(), throttle: false });
  const token = await tokenOf(sim);
  const answers = await times(300, () => ask(sim, pathsOf(sim).vms, { token }));
  expect(answers.every(({ status }) => status === 200)).toBe(true);
  expect(answers[0]?.headers).not.toHaveProperty(reads);
});

test('tokens and metadata cost nothing', async () => {
  const sim = await start({ machines: 1, clock: new ManualClock(), throttle: { readBucket: 1 } });
  const answers = await times(5, () => ask(sim, '/metadata/endpoints?api-version=2022-09-01'));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
  expect(await tokenOf(sim)).not.toBe(await tokenOf(sim));
});

test('the SDK waits a 429 out', async () => {
  const sim = await start({ machines: 2 });
  sim.inject({ status: 429, retryAfterSeconds: 0, kind: 'vm-list', nth: 1 });
  const { compute } = sdkOf(sim);
  expect(await collect(compute.virtualMachines.listAll())).toHaveLength(2);
  expect(sim.stats().byStatus).toMatchObject({ 429: 1 });
});
