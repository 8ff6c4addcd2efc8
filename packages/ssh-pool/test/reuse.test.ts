import { expect, test } from 'vitest';
import { Home, startMachine, targetOf } from './support/home.ts';
import { makeKey, writeKey } from './support/keys.ts';

test('commands that come at once share one hand-shake', async () => {
  const home = new Home();
  const machine = await startMachine();
  home.knows(machine);
  const pool = home.pool();
  const results = await Promise.all(
    Array.from({ length: 30 }, (_, index) => pool.exec(targetOf(machine), { command: `exit ${index}` }).result),
  );
  expect(results.map(({ exitCode }) => exitCode)).toEqual(Array.from({ length: 30 }, (_, index) => index));
  expect(machine.accepted).toBe(1);
  // Eight at work and one ahead, as sshd allows by default.
  expect(machine.mostSessions).toBeLessThanOrEqual(9);
  expect(pool.stats()).toMatchObject({ connections: 1, idle: 1, channels: 0, waiting: 0, handshakes: 1 });
});

test('of a hundred commands on ten machines, more than nine in ten find their connection open', async () => {
  const home = new Home();
  const machines = await Promise.all(Array.from({ length: 10 }, () => startMachine()));
  home.knows(...machines);
  const pool = home.pool();
  for (let round = 0; round < 11; round += 1) {
    await Promise.all(machines.map((machine) => pool.exec(targetOf(machine), { command: 'true' }).result));
  }
  const { reused, handshakes } = pool.stats();
  expect(handshakes).toBe(10);
  expect(reused / (reused + handshakes)).toBeGreaterThan(0.9);
});

test('another user, key, alias or policy is another connection', async () => {
  const home = new Home();
  const machine = await startMachine();
  home.knows(machine);
  const other = writeKey(home.file('other'), makeKey());
  const pool = home.pool();
  const variants = [
    {},
    { user: 'root' },
    { identityFiles: [other] },
    { hostKeyAlias: 'azfleet-1' },
    { hostKeyPolicy: 'strict' },
  ] as const;
  for (const variant of [...variants, ...variants]) {
    await pool.exec(targetOf(machine, variant), { command: 'true' }).result;
  }
  expect(pool.stats()).toMatchObject({
    connections: variants.length,
    handshakes: variants.length,
    reused: variants.length,
  });
});

test('a key file with another key in it is another connection', async () => {
  const home = new Home();
  const machine = await startMachine();
  home.knows(machine);
  const pool = home.pool();
  await pool.exec(targetOf(machine), { command: 'true' }).result;
  writeKey(home.file('.ssh/id_ecdsa'), makeKey());
  await pool.exec(targetOf(machine), { command: 'true' }).result;
  expect(pool.stats()).toMatchObject({ handshakes: 2, reused: 0 });
});

test('the name it goes by does not matter, as long as the rest is the same', async () => {
  const home = new Home();
  const machine = await startMachine();
  home.knows(machine);
  const pool = home.pool();
  await pool.exec(targetOf(machine), { command: 'true' }).result;
  await pool.exec(targetOf(machine, { mayAddHostKey: true }), { command: 'true' }).result;
  expect(pool.stats()).toMatchObject({ handshakes: 1, reused: 1 });
});
