import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { Home, startMachine } from './support/home.ts';

const run = promisify(execFile);
const root = fileURLToPath(new URL('..', import.meta.url));
const examples = [...readFileSync(join(root, 'README.md'), 'utf8').matchAll(/```ts\n([^]*?)```/g)];

/** Runs an example as it stands. Where its machines are is in ~/.ssh/config, as it may be for anybody. */
async function runExample(place: number): Promise<string> {
  const home = new Home();
  const machine = await startMachine();
  home.knows(machine);
  home.write(
    '.ssh/config',
    `Host vm-1\n  HostName 127.0.0.1\n  Port ${machine.port}\nHost vm-2\n  HostName 127.0.0.1\n  Port 1\n`,
  );
  mkdirSync(home.file('node_modules/@azfleet'), { recursive: true });
  symlinkSync(root, home.file('node_modules/@azfleet/ssh-pool'), 'junction');
  writeFileSync(home.file('example.mjs'), examples[place]?.[1] ?? '');
  const env = { PATH: process.env['PATH'], HOME: home.path, USERPROFILE: home.path };
  const { stdout } = await run(process.execPath, [home.file('example.mjs')], { env });
  return stdout;
}

test('the first example: a cold command, a machine that is down, a warm command', async () => {
  const [cold, down, warm] = (await runExample(0)).split(/\n+/);
  expect(cold).toBe('vm-1: exit 0, cold, up 2 weeks');
  expect(down).toMatch(/^vm-2 \(127\.0\.0\.1:1\): the connection was refused\. Check that the machine is running/);
  expect(warm).toBe('vm-1: exit 0, warm, up 2 weeks');
});

test('the second example: what goes in comes out', async () => {
  expect(await runExample(1)).toBe('streamed with exit code 0\n');
});
