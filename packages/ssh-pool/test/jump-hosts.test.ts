import { expect, test } from 'vitest';
import { Home, startMachine, targetOf, textOf } from './support/home.ts';
import { startSshd, withoutSshd } from './support/sshd.ts';
import { countingConnector } from './support/sockets.ts';
import { until } from './support/until.ts';

test('many machines behind one jump host share its connection', async () => {
  const home = new Home();
  const jump = await startMachine({ forwards: true });
  const machines = await Promise.all(Array.from({ length: 5 }, () => startMachine()));
  home.knows(jump, ...machines);
  const sockets = countingConnector();
  const pool = home.pool({ connector: sockets.connector });
  const via = { jump: `ops@127.0.0.1:${jump.port}` };
  const run = (): Promise<unknown> =>
    Promise.all(
      machines.map((machine, index) => pool.exec(targetOf(machine, via), { command: `exit ${index}` }).result),
    );
  await run();
  await run();
  expect(jump.accepted).toBe(1);
  expect(machines.map(({ accepted }) => accepted)).toEqual([1, 1, 1, 1, 1]);
  expect(pool.stats()).toMatchObject({ connections: 6, handshakes: 6, reused: 5, idle: 5 });
  expect(sockets.most).toBe(1);
});

test('a chain of jump hosts', async () => {
  const home = new Home();
  const [outer, inner] = await Promise.all([startMachine({ forwards: true }), startMachine({ forwards: true })]);
  const machine = await startMachine();
  home.knows(outer, inner, machine);
  const pool = home.pool();
  const jump = `127.0.0.1:${outer.port},ops@127.0.0.1:${inner.port}`;
  const { stdout, result } = pool.exec(targetOf(machine, { jump }), { command: 'bytes 3000000' });
  expect((await textOf(stdout)).length).toBe(3_000_000);
  expect((await result).exitCode).toBe(0);
  expect([outer.ready, inner.ready, machine.ready]).toEqual([1, 1, 1]);
});

test('a route takes all of its places at once, so that nobody waits for ever', async () => {
  const home = new Home();
  const jumps = await Promise.all(Array.from({ length: 4 }, () => startMachine({ forwards: true })));
  const machines = await Promise.all(Array.from({ length: 4 }, () => startMachine()));
  home.knows(...jumps, ...machines);
  const pool = home.pool({ maxConnections: 2 });
  const results = await Promise.all(
    machines.map((machine, index) => {
      const jump = `127.0.0.1:${jumps[index]?.port}`;
      return pool.exec(targetOf(machine, { jump }), { command: `exit ${index}` }).result;
    }),
  );
  expect(results.map(({ exitCode }) => exitCode)).toEqual([0, 1, 2, 3]);
});

test('a route that is longer than the pool is wide is an error', async () => {
  const pool = new Home().pool({ maxConnections: 1 });
  await expect(pool.exec({ host: 'vm', jump: 'bastion' }, { command: 'true' }).result).rejects.toMatchObject({
    code: 'SSH_INVALID_OPTION',
    message: 'The route has 2 hops, and maxConnections is 1.',
  });
});

test('a jump host that may not forward is an error that says so', async () => {
  const home = new Home();
  const [jump, machine] = await Promise.all([startMachine(), startMachine()]);
  home.knows(jump, machine);
  const pool = home.pool();
  const { result } = pool.exec(targetOf(machine, { jump: `127.0.0.1:${jump.port}` }), { command: 'true' });
  await expect(result).rejects.toMatchObject({ code: 'SSH_JUMP_FAILED', sent: false });
  await expect(result).rejects.toThrow(
    `127.0.0.1:${jump.port}: as a jump host it does not reach 127.0.0.1:${machine.port}`,
  );
  // The jump host itself is fine.
  await until(() => pool.stats().connections === 1);
  expect(pool.stats().idle).toBe(1);
});

test('a jump host whose key is not known stops what is behind it', async () => {
  const home = new Home();
  const jump = await startMachine({ forwards: true });
  const machine = await startMachine();
  home.knows(machine);
  const target = targetOf(machine, { jump: `127.0.0.1:${jump.port}`, mayAddHostKey: true });
  await expect(home.pool().exec(target, { command: 'true' }).result).rejects.toMatchObject({
    code: 'SSH_HOST_KEY_UNKNOWN',
    target: `127.0.0.1:${jump.port}`,
  });
  expect(machine.accepted).toBe(0);
});

test('when a jump host breaks, what runs behind it is lost, and what comes after goes on', async () => {
  const home = new Home();
  const jump = await startMachine({ forwards: true });
  const machine = await startMachine();
  home.knows(jump, machine);
  const pool = home.pool();
  const target = targetOf(machine, { jump: `127.0.0.1:${jump.port}` });
  const running = pool.exec(target, { command: 'hang' });
  await until(() => machine.commands.length === 1);
  jump.kill();
  await expect(running.result).rejects.toMatchObject({ code: 'SSH_CONNECTION_LOST', sent: true });
  expect((await pool.exec(target, { command: 'true' }).result).exitCode).toBe(0);
  await pool.close();
  expect(pool.stats().connections).toBe(0);
});

test('aborting on the way through a jump host leaves nothing behind', async () => {
  const home = new Home();
  const jump = await startMachine({ forwards: true });
  const machine = await startMachine();
  home.knows(jump, machine);
  const sockets = countingConnector();
  const pool = home.pool({ connector: sockets.connector });
  const target = targetOf(machine, { jump: `127.0.0.1:${jump.port}` });
  for (const wait of [() => true, () => jump.accepted > 1, () => jump.ready > 1, () => machine.accepted > 0]) {
    const stop = new AbortController();
    const { result } = pool.exec(target, { command: 'true' }, { signal: stop.signal });
    await Promise.race([until(wait), result.catch(() => {})]);
    stop.abort(new Error('stop'));
    await result.catch(() => {});
  }
  await until(() => pool.stats().connecting === 0);
  await pool.close();
  expect(sockets.open).toBe(0);
  await until(() => machine.connections === 0 && jump.connections === 0);
});

test.skipIf(withoutSshd)('through OpenSSH to OpenSSH', async () => {
  const home = new Home();
  const jump = await startSshd(home, [], 'jump');
  const sshd = await startSshd(home, [], 'machine');
  home.write('.ssh/known_hosts', `${jump.knownHostsLine}${sshd.knownHostsLine}`);
  const pool = home.pool();
  const target = { ...sshd.target, jump: `${jump.target.user}@127.0.0.1:${jump.port}` };
  const run = (): Promise<{ stdout?: Uint8Array; reused: boolean }> =>
    pool.exec(target, { command: 'echo $SSH_CONNECTION', collect: { maxBytes: 200 } }).result;
  const { stdout } = await run();
  expect(Buffer.from(stdout ?? []).toString()).toContain(` 127.0.0.1 ${sshd.port}`);
  expect((await run()).reused).toBe(true);
});

test.skipIf(withoutSshd)('an OpenSSH jump host with AllowTcpForwarding no is an error that says so', async () => {
  const home = new Home();
  const jump = await startSshd(home, ['AllowTcpForwarding no'], 'jump');
  home.write('.ssh/known_hosts', jump.knownHostsLine);
  const target = { host: '127.0.0.1', port: 1, jump: `${jump.target.user}@127.0.0.1:${jump.port}` };
  const { result } = home.pool().exec(target, { command: 'true' });
  await expect(result).rejects.toMatchObject({ code: 'SSH_JUMP_FAILED' });
  await expect(result).rejects.toThrow('it may not forward connections');
});
