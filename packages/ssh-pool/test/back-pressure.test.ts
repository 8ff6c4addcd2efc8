import { expect, test } from 'vitest';
import { Home, startMachine, targetOf } from './support/home.ts';
import { retainedBytes } from './support/retained-memory.ts';
import { startSshd, withoutSshd } from './support/sshd.ts';
import { until } from './support/until.ts';

const mebibyte = 1024 * 1024;

async function lengthOf(
  stream: AsyncIterable<Uint8Array>,
  onChunk: (bytes: number) => void = () => {},
): Promise<number> {
  let length = 0;
  for await (const chunk of stream) {
    length += chunk.length;
    onChunk(chunk.length);
  }
  return length;
}

test('a remote that nobody reads stops after one window, and goes on when it is read', async () => {
  const home = new Home();
  const machine = await startMachine();
  home.knows(machine);
  const pool = home.pool();
  const { stdout, result } = pool.exec(targetOf(machine), { command: `bytes ${20 * mebibyte}` });
  let isDone = false;
  void result.then(() => (isDone = true));
  await until(() => machine.written === mebibyte);
  // Others on the same connection are not held up, and everything that was under way has come through with them.
  await pool.exec(targetOf(machine), { command: 'true' }).result;
  expect(machine.written).toBe(mebibyte);
  expect(isDone).toBe(false);
  expect(await lengthOf(stdout)).toBe(20 * mebibyte);
  expect((await result).exitCode).toBe(0);
});

test('errors that are read do not let output through that is not', async () => {
  const home = new Home();
  const machine = await startMachine();
  home.knows(machine);
  const { stdout, stderr, result } = home.pool().exec(targetOf(machine), { command: `mixed ${4 * mebibyte}` });
  const errors = lengthOf(stderr);
  // One window for both: with nobody reading stdout, it is stdout's before long.
  await until(() => machine.written >= mebibyte * 0.9);
  expect(machine.written).toBeLessThanOrEqual(2 * mebibyte);
  expect(await lengthOf(stdout)).toBe(4 * mebibyte);
  expect(await errors).toBeGreaterThan(0);
  expect((await result).exitCode).toBe(0);
});

test('who stops reading throws the rest away, and the command goes on to its end', async () => {
  const home = new Home();
  const machine = await startMachine();
  home.knows(machine);
  const { stdout, result } = home.pool().exec(targetOf(machine), { command: `bytes ${8 * mebibyte}` });
  for await (const chunk of stdout) {
    expect(chunk.length).toBeGreaterThan(0);
    break;
  }
  expect((await result).exitCode).toBe(0);
  expect(machine.written).toBe(8 * mebibyte);
});

test.skipIf(withoutSshd)('100 MB from one machine and from ten come whole, in bounded memory', async () => {
  const home = new Home();
  const sshd = await startSshd(home);
  home.write('.ssh/known_hosts', sshd.knownHostsLine);
  const pool = home.pool();
  let before = Infinity;
  let most = 0;
  let sinceLook = 0;
  const watch = (bytes: number): void => {
    sinceLook += bytes;
    if (sinceLook < 5 * mebibyte) return;
    sinceLook = 0;
    most = Math.max(most, retainedBytes() - before);
  };
  const run = async (bytes: number): Promise<number> => {
    const { stdout, result } = pool.exec(sshd.target, { command: `head -c ${bytes} /dev/zero` });
    const length = await lengthOf(stdout, watch);
    expect((await result).exitCode).toBe(0);
    return length;
  };
  // Code and buffers that stay are there after the first.
  await run(10_000_000);
  before = retainedBytes();
  expect(await run(100_000_000)).toBe(100_000_000);
  expect(most).toBeLessThan(32 * mebibyte);
  const tenth = Array.from({ length: 10 }, () => 10_000_000);
  expect(await Promise.all(tenth.map((bytes) => run(bytes)))).toEqual(tenth);
  // A window of 1 MiB each, what is on its way, and buffers that Node has yet to give back.
  expect(most).toBeLessThan(32 * mebibyte);
});

test.skipIf(withoutSshd)('a slow reader slows the remote command itself down', async () => {
  const home = new Home();
  const sshd = await startSshd(home);
  home.write('.ssh/known_hosts', sshd.knownHostsLine);
  const pool = home.pool();
  const progress = home.file('progress');
  const command = `i=0; while [ $i -lt 80 ]; do head -c 100000 /dev/zero; i=$((i+1)); echo $i > ${progress}; done`;
  const { stdout, result } = pool.exec(sshd.target, { command });
  const steps = async (): Promise<number> => {
    const { stdout: seen } = await pool.exec(sshd.target, { command: `cat ${progress}`, collect: { maxBytes: 10 } })
      .result;
    return Number(Buffer.from(seen ?? []).toString());
  };
  // A window of 1 MiB, the pipe, and what sshd itself holds.
  let last = -1;
  let same = 0;
  while (same < 5) {
    const now = await steps();
    same = now === last && now > 0 ? same + 1 : 0;
    last = now;
  }
  expect(last).toBeLessThan(60);
  expect(await lengthOf(stdout)).toBe(8_000_000);
  expect((await result).exitCode).toBe(0);
});
