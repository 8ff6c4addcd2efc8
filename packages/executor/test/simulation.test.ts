import { describe, expect, test } from 'vitest';
import { runAdaptive } from '../src/simulation/adaptive.ts';
import { runFixed } from '../src/simulation/fixed.ts';
import { seededFor } from '../src/simulation/random.ts';
import { perturbed, tuned, type Scenario } from '../src/simulation/scenarios.ts';
import { bestFixedWidth, counts } from '../src/simulation/sweep.ts';
import { VirtualClock } from '../src/simulation/virtual-clock.ts';

const named = (name: string): Scenario => tuned.find((scenario) => scenario.name === name) as Scenario;

test('the same seed gives the same run, to the last digit', async () => {
  for (const scenario of [...tuned, ...perturbed]) {
    const [first, second] = [
      await runAdaptive(scenario, { tasks: 300, seed: 7 }),
      await runAdaptive(scenario, { tasks: 300, seed: 7 }),
    ];
    expect(second).toEqual(first);
  }
});

test('a task has the same luck whatever else runs', () => {
  expect(seededFor(1, 2, 3)()).toBe(seededFor(1, 2, 3)());
  expect(new Set([seededFor(1, 2, 3)(), seededFor(2, 2, 3)(), seededFor(1, 3, 3)(), seededFor(1, 2, 4)()]).size).toBe(
    4,
  );
});

const makespan = (name: string, width: number): number =>
  runFixed(named(name), { width, tasks: 1000, seed: 1 }).makespanMs;

describe('the networks are what they are said to be', () => {
  test('pure latency: twice the width, half the time', () => {
    expect(makespan('pure latency', 10) / makespan('pure latency', 20)).toBeCloseTo(2, 0);
  });

  test('queue: eight servers at 100 ms, whatever the width', () => {
    expect(makespan('queue', 64)).toBeCloseTo(makespan('queue', 512), -3);
    expect(makespan('queue', 64)).toBeGreaterThan(11_500);
    expect(makespan('queue', 64)).toBeLessThan(13_500);
  });

  test('token bucket: 250 at once, then 25 a second', () => {
    const outcome = runFixed(named('token bucket, headers'), { width: 8, tasks: 1000, seed: 1 });
    expect(outcome.makespanMs).toBeGreaterThan(30_000);
    expect(outcome.makespanMs).toBeLessThan(32_000);
  });

  test('dead hosts: about one in twenty, and each costs a time-out', () => {
    const { dead, failed, makespanMs } = runFixed(named('dead hosts'), { width: 20, tasks: 1000, seed: 1 });
    expect(dead).toBeGreaterThan(30);
    expect(dead).toBeLessThan(70);
    expect(failed).toBe(dead);
    expect(makespanMs).toBeGreaterThan((dead * 30_000) / 20);
  });

  test('local CPU: two cores at 8 ms, slower where many wait', () => {
    expect(makespan('local CPU', 16)).toBeCloseTo(4050, -2);
    expect(makespan('local CPU', 256) / makespan('local CPU', 16)).toBeGreaterThan(1.3);
  });

  test('MaxStartups: ten at once are never refused, a hundred nearly always', () => {
    expect(runFixed(named('MaxStartups'), { width: 10, tasks: 1000, seed: 1 }).refused).toBe(0);
    expect(runFixed(named('MaxStartups'), { width: 256, tasks: 1000, seed: 1 }).refused).toBeGreaterThan(500);
  });

  test('changing capacity: too wide a pool is refused', () => {
    expect(runFixed(named('changing capacity'), { width: 45, tasks: 1000, seed: 1 }).refused).toBe(0);
    expect(runFixed(named('changing capacity'), { width: 256, tasks: 1000, seed: 1 }).refused).toBeGreaterThan(100);
  });
});

test('a width whose tasks are refused too often does not count', () => {
  const scenario = named('token bucket, no headers');
  expect(counts(runFixed(scenario, { width: 64, tasks: 1000, seed: 1 }), 1000)).toBe(false);
  expect(bestFixedWidth(scenario, { tasks: 1000, seeds: [1], widths: [3, 4, 64] }).width).toBe(4);
});

describe('the virtual clock', () => {
  test('fires in the order of time, then of setting', async () => {
    const clock = new VirtualClock();
    const fired: string[] = [];
    for (const [name, ms] of [
      ['c', 30],
      ['a', 10],
      ['b', 10],
      ['d', 30],
    ] as const)
      clock.setTimeout(() => fired.push(name), ms);
    clock.clearTimeout(clock.setTimeout(() => fired.push('cleared'), 5));
    await clock.advance(29);
    expect(fired).toEqual(['a', 'b']);
    await clock.advance(1);
    expect(fired).toEqual(['a', 'b', 'c', 'd']);
    expect([clock.now(), clock.timers]).toEqual([30, 0]);
  });

  test('says when nothing is left that could settle a promise', async () => {
    await expect(new VirtualClock().runUntil(new Promise(() => undefined))).rejects.toThrow('would wait forever');
  });
});
