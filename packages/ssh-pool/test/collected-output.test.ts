import { expect, test } from 'vitest';
import { Home, startMachine, targetOf, textOf } from './support/home.ts';

test('output is collected byte for byte, and the streams are empty then', async () => {
  const home = new Home();
  const machine = await startMachine();
  home.knows(machine);
  const bytes = Uint8Array.from({ length: 256 }, (_, index) => index);
  const request = { command: 'cat', collect: { maxBytes: 1000 } };
  const { stdout, stderr, result } = home.pool().exec(targetOf(machine), request, { stdin: bytes });
  expect(await result).toMatchObject({ exitCode: 0, stdout: bytes, stderr: new Uint8Array(), truncated: false });
  expect(await textOf(stdout)).toBe('');
  expect(await textOf(stderr)).toBe('');
});

test('output beyond the bound is thrown away, and the command ends as it would', async () => {
  const home = new Home();
  const machine = await startMachine();
  home.knows(machine);
  const request = { command: 'bytes 5000000', collect: { maxBytes: 100_000 } };
  const result = await home.pool().exec(targetOf(machine), request).result;
  expect(result).toMatchObject({ exitCode: 0, truncated: true });
  expect(result.stdout?.length).toBe(100_000);
});

test('output of exactly the bound is complete', async () => {
  const home = new Home();
  const machine = await startMachine();
  home.knows(machine);
  const request = { command: 'bytes 70000', collect: { maxBytes: 70_000 } };
  const result = await home.pool().exec(targetOf(machine), request).result;
  expect(result).toMatchObject({ truncated: false });
  expect(result.stdout?.length).toBe(70_000);
});

test('without "collect" the result carries no output', async () => {
  const home = new Home();
  const machine = await startMachine();
  home.knows(machine);
  const result = await home.pool().exec(targetOf(machine), { command: 'echo hello' }).result;
  expect(Object.keys(result).toSorted()).toEqual(['exitCode', 'reused', 'signal', 'timings']);
});
