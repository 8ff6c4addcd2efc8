import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { Home, startMachine } from './support/home.ts';

const run = promisify(execFile);

function script(home: Home, port: number, end: string, jump = 'none'): string {
  const entry = new URL('../src/index.ts', import.meta.url).href;
  return `
    const { SshPool } = await import(${JSON.stringify(entry)});
    const pool = new SshPool({ homeDirectory: ${JSON.stringify(home.path)}, env: {}, configFiles: [], knownHosts: { system: [] } });
    const { exitCode } = await pool.exec({ host: '127.0.0.1', port: ${port}, user: 'ops', jump: '${jump}' }, { command: 'exit 7' }).result;
    ${end}
    process.stdout.write(exitCode + ' ' + JSON.stringify(process.getActiveResourcesInfo()));
  `;
}

// Node runs the sources as they are; 22.12 needs to be asked to.
const flags = ['--experimental-strip-types', '--no-warnings', '--input-type=module', '-e'];

test('a process whose commands are done ends, though its connections are still open', async () => {
  const home = new Home();
  const machine = await startMachine();
  home.knows(machine);
  const { stdout } = await run(process.execPath, [...flags, script(home, machine.port, '')], { timeout: 50_000 });
  expect(stdout).toMatch(/^7 /);
});

test('nor do those that go through a jump host keep it', async () => {
  const home = new Home();
  const [jump, machine] = await Promise.all([startMachine({ forwards: true }), startMachine()]);
  home.knows(jump, machine);
  const code = script(home, machine.port, '', `ops@127.0.0.1:${jump.port}`);
  const { stdout } = await run(process.execPath, [...flags, code], { timeout: 50_000 });
  expect(stdout).toMatch(/^7 /);
});

test('after close nothing is left that could keep a process', async () => {
  const home = new Home();
  const machine = await startMachine();
  home.knows(machine);
  const { stdout } = await run(process.execPath, [...flags, script(home, machine.port, 'await pool.close();')]);
  expect(stdout).not.toMatch(/TCP|Timeout|Socket/);
});
