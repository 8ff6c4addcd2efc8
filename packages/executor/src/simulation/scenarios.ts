import type { Clock } from '../clock.ts';
import type { Network } from './network.ts';
import {
  changingCapacity,
  deadHosts,
  heavyTail,
  isDead,
  localCpu,
  maxStartups,
  pureLatency,
  queue,
  tokenBucket,
} from './networks.ts';

/** A network with its parameters. */
export interface Scenario {
  readonly name: ScenarioName;
  readonly make: (clock: Clock, seed: number, tasks: number) => Network;
  /** Whether a task can never be answered. */
  readonly isDead?: (seed: number, task: number) => boolean;
  /** The hand-shakes of all tasks are with one server. */
  readonly gateHandshakes?: boolean;
  /** Tasks say when they are connected, and are given up if they do not connect. */
  readonly connects?: boolean;
}

export type ScenarioName =
  | 'pure latency'
  | 'queue'
  | 'changing capacity'
  | 'token bucket, headers'
  | 'token bucket, no headers'
  | 'heavy tail'
  | 'dead hosts'
  | 'local CPU'
  | 'MaxStartups';

/** The controls were tuned on these. */
export const tuned: readonly Scenario[] = [
  {
    name: 'pure latency',
    make: (clock, seed) => pureLatency(clock, seed, { latency: { medianMs: 200, sigma: 0.25 } }),
  },
  {
    name: 'queue',
    make: (clock, seed) => queue(clock, seed, { servers: 8, serviceMeanMs: 100, networkMs: 10 }),
  },
  {
    name: 'changing capacity',
    make: (clock, seed, tasks) =>
      changingCapacity(clock, seed, {
        servers: 40,
        fewServers: 5,
        fewFromMs: 2 * tasks,
        fewUntilMs: 8 * tasks,
        service: { medianMs: 190, sigma: 0.25 },
        networkMs: 10,
        longestQueue: 100,
        refusedAfterMs: 20,
      }),
  },
  {
    name: 'token bucket, headers',
    make: (clock, seed) =>
      tokenBucket(clock, seed, {
        tokens: 250,
        refillPerSecond: 25,
        answer: { medianMs: 120, sigma: 0.3 },
        refusedAfterMs: 30,
        headers: true,
        debt: 0,
      }),
  },
  {
    name: 'token bucket, no headers',
    make: (clock, seed) =>
      tokenBucket(clock, seed, {
        tokens: 250,
        refillPerSecond: 25,
        answer: { medianMs: 120, sigma: 0.3 },
        refusedAfterMs: 30,
        headers: false,
        debt: 50,
      }),
  },
  {
    name: 'heavy tail',
    make: (clock, seed) => heavyTail(clock, seed, { latency: { medianMs: 200, sigma: 0.25 }, share: 0.01, factor: 20 }),
  },
  {
    name: 'dead hosts',
    make: (clock, seed) => deadHosts(clock, seed, { latency: { medianMs: 300, sigma: 0.35 }, share: 0.05 }),
    isDead: (seed, task) => isDead(seed, task, 0.05),
    connects: true,
  },
  {
    name: 'local CPU',
    make: (clock, seed) => localCpu(clock, seed, { cores: 2, cpuMs: 8, networkMs: 25, slowdown: 0.002 }),
  },
  {
    name: 'MaxStartups',
    make: (clock, seed) =>
      maxStartups(clock, seed, {
        start: 10,
        rate: 0.3,
        full: 100,
        refusedAfterMs: 50,
        handshake: { medianMs: 300, sigma: 0.2 },
        command: { medianMs: 1000, sigma: 0.25 },
      }),
    gateHandshakes: true,
  },
];

/** Nothing was tuned on these: they only check. */
export const perturbed: readonly Scenario[] = [
  { name: 'pure latency', make: (clock, seed) => pureLatency(clock, seed, { latency: { medianMs: 80, sigma: 0.4 } }) },
  {
    name: 'queue',
    make: (clock, seed) => queue(clock, seed, { servers: 23, serviceMeanMs: 60, networkMs: 30 }),
  },
  {
    name: 'changing capacity',
    make: (clock, seed, tasks) =>
      changingCapacity(clock, seed, {
        servers: 90,
        fewServers: 12,
        fewFromMs: tasks,
        fewUntilMs: 5 * tasks,
        service: { medianMs: 130, sigma: 0.35 },
        networkMs: 25,
        longestQueue: 150,
        refusedAfterMs: 40,
      }),
  },
  {
    name: 'token bucket, headers',
    make: (clock, seed) =>
      tokenBucket(clock, seed, {
        tokens: 120,
        refillPerSecond: 12,
        answer: { medianMs: 250, sigma: 0.4 },
        refusedAfterMs: 60,
        headers: true,
        debt: 0,
      }),
  },
  {
    name: 'token bucket, no headers',
    make: (clock, seed) =>
      tokenBucket(clock, seed, {
        tokens: 400,
        refillPerSecond: 40,
        answer: { medianMs: 70, sigma: 0.4 },
        refusedAfterMs: 15,
        headers: false,
        debt: 80,
      }),
  },
  {
    name: 'heavy tail',
    make: (clock, seed) => heavyTail(clock, seed, { latency: { medianMs: 350, sigma: 0.3 }, share: 0.02, factor: 12 }),
  },
  {
    name: 'dead hosts',
    make: (clock, seed) => deadHosts(clock, seed, { latency: { medianMs: 150, sigma: 0.5 }, share: 0.08 }),
    isDead: (seed, task) => isDead(seed, task, 0.08),
    connects: true,
  },
  {
    name: 'local CPU',
    make: (clock, seed) => localCpu(clock, seed, { cores: 3, cpuMs: 14, networkMs: 40, slowdown: 0.003 }),
  },
  {
    name: 'MaxStartups',
    make: (clock, seed) =>
      maxStartups(clock, seed, {
        start: 20,
        rate: 0.3,
        full: 60,
        refusedAfterMs: 30,
        handshake: { medianMs: 150, sigma: 0.3 },
        command: { medianMs: 600, sigma: 0.4 },
      }),
    gateHandshakes: true,
  },
];
