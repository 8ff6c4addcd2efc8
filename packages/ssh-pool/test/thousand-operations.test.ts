import { expect, test } from 'vitest';
import { type SshPool, SshPoolError } from '../src/index.ts';
import { CountingClock } from './support/counting-clock.ts';
import { Home, startMachine, targetOf } from './support/home.ts';
import type { Machine } from './support/machine.ts';
import { randomFrom } from './support/random.ts';
import { retainedBytes } from './support/retained-memory.ts';
import { countingConnector } from './support/sockets.ts';
import { until } from './support/until.ts';

const operations = 1000;
const atOnce = 60;
const maxConnections = 8;

interface Outcome {
  readonly id: number;
  readonly kind: 'ok' | 'unsent' | 'sent' | 'aborted' | 'wrong';
}

/** One operation: most are a word to be echoed, some end badly by themselves, some are aborted. */
async function operate(pool: SshPool, machine: Machine, id: number, random: () => number): Promise<Outcome> {
  const stop = new AbortController();
  const dice = random();
  const word = dice < 0.03 ? 'die' : dice < 0.06 ? 'partial' : dice < 0.16 ? 'hang' : 'echo';
  const limits = { commandMs: word === 'hang' ? 50 : 60_000 };
  const request = { command: `${word} op-${id}`, collect: { maxBytes: 100 }, limits };
  const { result } = pool.exec(targetOf(machine), request, { signal: stop.signal });
  if (random() < 0.15) setTimeout(() => stop.abort(new Error('aborted')), random() * 20);
  return result.then(
    ({ stdout, exitCode }) => {
      const isRight = exitCode === 0 && Buffer.from(stdout ?? []).toString() === `op-${id}\n`;
      return { id, kind: isRight ? 'ok' : 'wrong' };
    },
    (error: SshPoolError) => {
      if (error.message === 'aborted') return { id, kind: 'aborted' };
      if (!(error instanceof SshPoolError)) return { id, kind: 'wrong' };
      return { id, kind: error.sent ? 'sent' : 'unsent' };
    },
  );
}

test('a thousand operations over twenty machines, with kills, refusals and aborts', { timeout: 120_000 }, async () => {
  const random = randomFrom(20_251_123);
  const home = new Home();
  const machines = await Promise.all(
    Array.from({ length: 20 }, (_, index) => startMachine(index % 5 === 0 ? { maxSessions: 2 } : {})),
  );
  home.knows(...machines);
  const sockets = countingConnector();
  const clock = new CountingClock();
  const pool = home.pool({ maxConnections, clock, connector: sockets.connector });
  const outcomes: Outcome[] = [];
  const memory: number[] = [];
  let next = 0;
  let most = 0;
  const worker = async (): Promise<void> => {
    while (next < operations) {
      const id = next;
      next += 1;
      const machine = machines[Math.floor(random() * machines.length)];
      if (machine === undefined) return;
      if (random() < 0.03) machine.kill();
      machine.hangsUp = random() < 0.03;
      outcomes.push(await operate(pool, machine, id, random));
      most = Math.max(most, pool.stats().connections);
      if (outcomes.length === 300 || outcomes.length === operations) memory.push(retainedBytes());
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));

  // Every result is accounted for, and none is told twice.
  expect(outcomes.map(({ id }) => id).toSorted((a, b) => a - b)).toEqual(
    Array.from({ length: operations }, (_, id) => id),
  );
  const kinds = Object.groupBy(outcomes, ({ kind }) => kind);
  for (const kind of ['ok', 'sent', 'unsent', 'aborted'] as const) expect(kinds[kind]?.length).toBeGreaterThan(0);
  expect(kinds.ok?.length).toBeGreaterThan(operations / 4);
  expect(kinds.wrong).toBeUndefined();

  // What succeeded ran once; what was not sent did not run; nothing ran twice.
  const ran = Map.groupBy(
    machines.flatMap(({ commands }) => commands),
    (command) => Number(command.split('-')[1]),
  );
  for (const { id, kind } of outcomes) {
    const times = ran.get(id)?.length ?? 0;
    const allowed = kind === 'ok' ? [1] : kind === 'unsent' ? [0] : [0, 1];
    expect({ id, kind, times: allowed.includes(times) }).toEqual({ id, kind, times: true });
  }

  expect(most).toBeLessThanOrEqual(maxConnections);
  expect(sockets.most).toBeLessThanOrEqual(maxConnections);
  expect((memory[1] ?? 0) - (memory[0] ?? 0)).toBeLessThan(16 * 1024 * 1024);

  await until(() => pool.stats().channels === 0);
  expect(pool.stats()).toMatchObject({ waiting: 0, channels: 0, connecting: 0 });
  await pool.close();
  expect(pool.stats()).toMatchObject({ connections: 0, idle: 0, channels: 0, waiting: 0, connecting: 0 });
  expect(sockets.open).toBe(0);
  expect(clock.pending).toBe(0);
  await until(() => machines.every(({ connections, sessions }) => connections === 0 && sessions === 0));
});
