import { describe, expect, test } from 'vitest';
import { runAdaptive } from '../src/simulation/adaptive.ts';
import { tuned, type Scenario } from '../src/simulation/scenarios.ts';
import { Executor, type ExecutorState } from '../src/index.ts';
import { numbers, virtual } from './support.ts';

const named = (name: string): Scenario => tuned.find((scenario) => scenario.name === name) as Scenario;

test('survives JSON, and starts the next run where this one was', async () => {
  const { state } = await runAdaptive(named('token bucket, no headers'), { tasks: 1000, seed: 1 });
  const restored = new Executor({ state: JSON.parse(JSON.stringify(state)) as ExecutorState });
  expect(restored.state()).toEqual(state);
  expect(state.lanes['default']).toMatchObject({
    burst: expect.closeTo(250, -1),
    ratePerSecond: expect.closeTo(25, -1),
  });
});

test('a lane that met no limit still grows fast the next time', async () => {
  const { executor, clock, sleep, drain } = virtual();
  await drain(executor.map(numbers(20), () => sleep(10)));
  const { state } = { state: executor.state() };
  expect(state.lanes['default']).toEqual({ width: 64, isGrowing: true });
  const next = virtual({ state });
  await next.drain(next.executor.map(numbers(1000), () => next.sleep(100)));
  expect(next.clock.now()).toBeLessThan(700);
  expect(clock.timers).toBe(0);
});

test('a small width is not kept for ever because there are never enough tasks to look at it', async () => {
  let state: ExecutorState = { version: 1, lanes: { default: { width: 2 } } };
  const makespans: number[] = [];
  for (let run = 0; run < 3; run += 1) {
    const { executor, clock, drain, sleep } = virtual({ state });
    await drain(executor.map(numbers(20), () => sleep(100)));
    makespans.push(clock.now());
    state = executor.state();
  }
  expect(makespans).toEqual([1000, 300, 100]);
});

test('a low rate is not kept for ever because nothing was throttled since', async () => {
  const { executor, clock, drain, sleep } = virtual({
    state: { version: 1, lanes: { default: { ratePerSecond: 1, burst: 1 } } },
  });
  await drain(executor.map(numbers(100), () => sleep(10)));
  expect(clock.now()).toBeLessThan(30_000);
  expect(executor.state().lanes['default']?.ratePerSecond).toBeGreaterThan(10);
});

test('lanes that were not used are kept', async () => {
  const state: ExecutorState = { version: 1, lanes: { unused: { width: 7 }, used: { width: 9 } } };
  const { executor, drain } = virtual({ state });
  await drain(executor.map([1], () => 1, { lane: () => 'used' }));
  expect(Object.keys(executor.state().lanes)).toEqual(['unused', 'used']);
  expect(executor.width).toBe(9);
});

test('a thousand lanes are remembered, the latest used, however many there were', async () => {
  const { executor, drain } = virtual();
  await drain(executor.map(numbers(3500), () => 1, { lane: (item) => `lane ${item}` }));
  expect(executor.lanes().length).toBeLessThanOrEqual(2000);
  const names = Object.keys(executor.state().lanes);
  expect(names).toHaveLength(1000);
  expect(names.at(-1)).toBe('lane 3499');
});

describe('what cannot be read of it is ignored', () => {
  test.each([
    ['nothing', undefined],
    ['null', null],
    ['a string', 'state'],
    ['another version', { version: 2, lanes: { default: { width: 9 } } }],
    ['no lanes', { version: 1 }],
    ['lanes that are none', { version: 1, lanes: { default: 7 } }],
    ['wrong figures', { version: 1, lanes: { default: { width: -1, latencyMs: 'x', burst: Infinity, isGrowing: 1 } } }],
    ['figures that are null, as JSON makes them of NaN', { version: 1, lanes: { default: { width: null } } }],
  ])('%s', async (_name, state) => {
    const { executor, drain } = virtual({ state: state as unknown as ExecutorState });
    await drain(executor.map([1], () => 1));
    expect(executor.width).toBe(64);
  });

  test('and the rest is used', async () => {
    const state = { version: 1, lanes: { default: { width: 12.7, ratePerSecond: -3, more: 'x' } } };
    const { executor, drain } = virtual({ state: state as unknown as ExecutorState });
    await drain(executor.map([1], () => 1));
    expect(executor.width).toBe(12);
    expect(executor.ratePerSecond).toBe(Infinity);
  });
});
