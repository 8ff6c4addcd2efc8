import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { Home, startMachine } from './support/home.ts';

const run = promisify(execFile);

test.skipIf(process.platform === 'win32')(
  'a process without descriptors is told so, and goes on with fewer',
  async () => {
    const home = new Home();
    const machines = await Promise.all(Array.from({ length: 5 }, () => startMachine()));
    home.knows(...machines);
    const entry = new URL('../src/index.ts', import.meta.url).href;
    const program = home.write(
      'program.mjs',
      `
    import { openSync } from 'node:fs';
    import { SshPool } from ${JSON.stringify(entry)};
    const pool = new SshPool({ homeDirectory: ${JSON.stringify(home.path)}, env: {}, configFiles: [], knownHosts: { system: [] } });
    const target = (port) => ({ host: '127.0.0.1', port, user: 'ops' });
    const exec = (port) => pool.exec(target(port), { command: 'true' }).result;
    const ports = ${JSON.stringify(machines.map(({ port }) => port))};
    await exec(ports[0]);
    const held = [];
    try { for (;;) held.push(openSync('/dev/null')); } catch (error) { if (error.code !== 'EMFILE') throw error; }
    const outcomes = await Promise.allSettled(ports.map(exec));
    const { closeSync } = await import('node:fs');
    for (const fd of held) closeSync(fd);
    const again = await exec(ports[4]);
    console.log(JSON.stringify({ outcomes: outcomes.map(({ status, reason }) => reason ? [reason.code, reason.sent, reason.message] : status), again: again.exitCode }));
    await pool.close();
  `,
    );
    const command = 'ulimit -n 128 && exec "$@"';
    const node = [process.execPath, '--experimental-strip-types', '--no-warnings', program];
    const { stdout } = await run('/bin/sh', ['-c', command, 'sh', ...node]);
    const { outcomes, again } = JSON.parse(stdout) as { outcomes: unknown[]; again: number };
    expect(outcomes[0]).toBe('fulfilled');
    for (const [index, outcome] of outcomes.slice(1).entries()) {
      const label = `127.0.0.1:${machines[index + 1]?.port}`;
      expect(outcome).toEqual(['SSH_TOO_MANY_OPEN_FILES', false, `${label}: too many open files (EMFILE).`]);
    }
    expect(again).toBe(0);
  },
);
