import { expect, test } from 'vitest';
import { fleetOfMachines } from '../support/machines.ts';

test('the living are done while the dead are still waited for', async () => {
  const { azfleet, ssh, sim } = await fleetOfMachines(24);
  for (const name of ['vm-05', 'vm-15']) ssh.inject(name, 'silent');
  const { exitCode, stdout, stderr } = await azfleet(['run', '--all', '-o', 'ndjson', '--', 'true']);
  expect(exitCode).toBe(124);
  expect(stderr).toMatch(/^22 ok · 2 timed out · /m);
  expect(sim.stats().ssh!.commands).toBe(22);
  const lines = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { name: string; status: string });
  expect(lines.slice(0, 22).every(({ status }) => status === 'ok')).toBe(true);
  expect(lines.slice(22)).toEqual(
    ['vm-05', 'vm-15'].map((name) => expect.objectContaining({ name, status: 'timeout' })),
  );
});

test('a dead machine whose address Azure confirms is not waited for a second time', async () => {
  const { azfleet, ssh, sim } = await fleetOfMachines(24);
  await azfleet(['run', '--all', '--', 'true']);
  ssh.inject('vm-05', 'silent');
  sim.resetStats();
  const { stdout } = await azfleet(['run', '--all', '-o', 'json', '--', 'true']);
  const dead = JSON.parse(stdout).machines.find(({ name }: { name: string }) => name === 'vm-05');
  expect(dead).toMatchObject({ status: 'timeout', attempts: 1 });
  expect(sim.stats().ssh).toMatchObject({ connections: 24, commands: 23 });
  expect(sim.stats().arm).toBe(4);
});

test('a machine that breaks off in the hand-shake is tried again, and given up at last', async () => {
  const { azfleet, ssh } = await fleetOfMachines(2);
  const repair = ssh.inject('vm-01', { dropAfterBytes: 100 });
  const { exitCode, stdout } = await azfleet(['run', '--all', '-o', 'json', '--', 'true']);
  expect(exitCode).toBe(1);
  expect(JSON.parse(stdout).machines[0]).toMatchObject({
    status: 'unreachable',
    attempts: 3,
    error: { code: 'SSH_HANDSHAKE_FAILED' },
  });
  repair();
  expect((await azfleet(['run', '--retry-failed', '--', 'true'])).exitCode).toBe(0);
});

test('one that loses the connection while its command runs is not run again', async () => {
  const { azfleet, ssh, sim } = await fleetOfMachines(1);
  ssh.inject('vm-01', { dropAfterBytes: 60_000 });
  const { exitCode, stdout, stderr } = await azfleet(['run', '--all', '-o', 'json', '--', 'head -c 1000000 /dev/zero']);
  expect(exitCode).toBe(1);
  const [machine] = JSON.parse(stdout).machines;
  expect(machine).toMatchObject({ status: 'failed', attempts: 1, error: { code: 'SSH_CONNECTION_LOST' } });
  expect(machine.stdout.length).toBeGreaterThan(0);
  expect(machine.error.hint).toContain('The command may have run');
  expect(stderr).toContain('0 ok · 1 failed (connection lost) · ');
  expect(sim.stats().ssh!.commands).toBe(1);
});
