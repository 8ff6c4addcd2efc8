import { spawn, spawnSync } from 'node:child_process';
import { userInfo } from 'node:os';
import { expect, onTestFinished, test } from 'vitest';
import { parseProcesses, processes } from '../../src/run/answers/processes.ts';
import { parseWho, who } from '../../src/run/answers/who.ts';

/** What this machine's own procps prints; it is Debian's where CI runs. */
const hasProcps = /procps/.test(spawnSync('ps', ['--version'], { encoding: 'utf8' }).stdout ?? '');

test.skipIf(!hasProcps)('the real ps: this very process, and one with awkward arguments', async () => {
  const awkward = ['-e', 'setTimeout(() => {}, 60_000)', 'two  blanks', 'a\nline', '\u001b[31mé日', ''];
  const child = spawn(process.execPath, awkward, { stdio: 'ignore' });
  onTestFinished(() => void child.kill());
  await new Promise((resolve) => child.once('spawn', resolve));
  const { stdout } = spawnSync('sh', ['-c', processes.command], { encoding: 'utf8', maxBuffer: 1e8 });
  const found = parseProcesses(stdout)!;
  const self = found.find(({ pid }) => pid === process.pid)!;
  expect(self.user).toBe(userInfo().username);
  expect(self.rssBytes).toBeGreaterThan(10_000_000);
  expect(self.elapsedSeconds).toBeGreaterThanOrEqual(0);
  const other = found.find(({ pid }) => pid === child.pid)!;
  expect(other.args).toMatch(/ two {2}blanks a.line /);
  expect(other.args).not.toContain('\n');
  expect(found.some(({ args }) => args.startsWith('ps -eww'))).toBe(false);
  // As many as it printed, but for the ps that asked, and the shell around it where it did not make way for it.
  const lines = stdout.trimEnd().split('\n').length;
  expect(lines - found.length).toBeGreaterThanOrEqual(1);
  expect(lines - found.length).toBeLessThanOrEqual(2);
});

test.skipIf(!hasProcps)('the real w', () => {
  const { stdout } = spawnSync('sh', ['-c', who.command], { encoding: 'utf8' });
  expect(parseWho(stdout)).toBeInstanceOf(Array);
});

// Who is on is told by /run/utmp: a namespace of our own has one that we write. Allowed to root, and mostly to others too.
const asRoot = process.getuid?.() === 0 ? ['-m'] : ['-rm'];
const inNamespace = [...asRoot, 'sh', '-c'];
const canWriteUtmp =
  hasProcps &&
  spawnSync('script', ['--version']).status === 0 &&
  spawnSync('unshare', [...inNamespace, 'mount -t tmpfs none /run']).status === 0;

test.skipIf(!canWriteUtmp)('the real w, with people on', async () => {
  const { pid, tty } = await terminalSession();
  const user = userInfo().username;
  const now = Date.now() / 1000;
  const utmp = Buffer.concat([
    utmpRecord({ pid, tty, user, from: '2001:db8:1234:5678:9abc:def0:1234:5678', at: now - 60 }),
    utmpRecord({ pid, tty, user, from: '', at: now - 400 * 86_400 }),
  ]);
  const { stdout } = spawnSync(
    'unshare',
    [...inNamespace, `mount -t tmpfs none /run && cat >/run/utmp && ${who.command}`],
    { input: utmp },
  );
  expect(parseWho(stdout.toString())).toEqual([
    expect.objectContaining({
      user,
      tty,
      from: '2001:db8:1234:5678:9abc:def0:1234:5678',
      loginAt: expect.stringMatching(/^\d\d:\d\d$/),
      idle: expect.stringMatching(/^\d+\.\d\ds$/),
      idleSeconds: expect.any(Number),
      what: 'sleep 60',
    }),
    expect.objectContaining({ user, from: null, loginAt: expect.stringMatching(/^\d\d[A-Z][a-z]{2}\d\d$/) }),
  ]);
});

/** A shell on a pseudo-terminal of its own, until the end of the test. */
async function terminalSession(): Promise<{ pid: number; tty: string }> {
  const child = spawn('script', ['-qec', 'echo $$ $(tty); exec sleep  60', '/dev/null'], {
    env: { ...process.env, SHELL: '/bin/sh' },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  onTestFinished(() => void child.kill());
  let printed = '';
  for await (const chunk of child.stdout) {
    printed += String(chunk);
    const [, pid, tty] = /^(\d+) \/dev\/(\S+)\r?\n/.exec(printed) ?? [];
    if (tty !== undefined) return { pid: Number(pid), tty };
  }
  throw new Error(`no terminal: ${printed}`);
}

/** struct utmp of glibc on 64-bit Linux (utmp(5)): a USER_PROCESS. */
function utmpRecord(login: { pid: number; tty: string; user: string; from: string; at: number }): Buffer {
  const record = Buffer.alloc(384);
  record.writeInt16LE(7, 0);
  record.writeInt32LE(login.pid, 4);
  record.write(login.tty, 8);
  record.write(login.user, 44);
  record.write(login.from, 76);
  record.writeInt32LE(Math.floor(login.at), 340);
  return record;
}
