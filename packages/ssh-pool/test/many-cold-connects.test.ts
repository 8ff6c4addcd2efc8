import { expect, test } from 'vitest';
import { Home, startMachine, targetOf } from './support/home.ts';
import { startDeadHost } from './support/dead-host.ts';

test('a hundred and fifty hand-shakes at once, among them a few that never end', async () => {
  const home = new Home();
  const machines = await Promise.all(Array.from({ length: 150 }, () => startMachine()));
  const dead = await Promise.all(Array.from({ length: 8 }, () => startDeadHost()));
  home.knows(...machines);
  const pool = home.pool({ maxConnections: 256, limits: { connectMs: Infinity } });
  const stop = new AbortController();
  const lost = dead.map(
    ({ port }) => pool.exec({ host: '127.0.0.1', port }, { command: 'true' }, { signal: stop.signal }).result,
  );
  const results = await Promise.all(
    machines.map((machine) => pool.exec(targetOf(machine), { command: 'true' }).result),
  );
  expect(results.every(({ exitCode }) => exitCode === 0)).toBe(true);
  expect(pool.stats()).toMatchObject({ handshakes: 150, idle: 150, connecting: 8 });
  stop.abort(new Error('stop'));
  for (const result of lost) await expect(result).rejects.toThrow('stop');
});
