import { expect, test } from 'vitest';
import { start } from '../support/simulators.ts';
import { clientOf } from '../support/ssh.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { until } from '../support/until.ts';

const sim = () => start({ machines: 5, ssh: true });

test.each<[string, number, string]>([
  ['true', 0, ''],
  ['false', 1, ''],
  ['echo a "b  c" \'d;e\' f\\ g', 0, 'a b  c d;e f g\n'],
  ['echo -n x', 0, 'x'],
  ['hostname', 0, 'web-01\n'],
  ['exit 7', 7, ''],
  ['false; exit', 1, ''],
  ['true && echo yes || echo no', 0, 'yes\n'],
  ['false && echo yes || echo no', 0, 'no\n'],
  ['echo one\necho two # three\necho fo#ur', 0, 'one\ntwo\nfo#ur\n'],
  ['sh -c "echo inner; exit 3"', 3, 'inner\n'],
  ['sudo -n -- whoami', 0, 'root\n'],
  ['sudo -v', 0, ''],
  ['cat /etc/hostname', 0, 'web-01\n'],
  ['seq 3', 0, '1\n2\n3\n'],
  ['sleep 0', 0, ''],
  ['', 0, ''],
  ['LC_ALL=C TZ="a b" hostname', 0, 'web-01\n'],
  ['false; A=b', 0, ''],
  ['env LC_ALL=C hostname', 0, 'web-01\n'],
  ['env A=b', 0, ''],
  ['uname', 0, 'Linux\n'],
  ['uname -sn -m', 0, 'Linux web-01 x86_64\n'],
])('%j ends with %i and prints %j', async (command, code, text) => {
  const client = await clientOf(await sim(), 'web-01');
  expect(await client.run(command)).toMatchObject({ code, text, stderr: '' });
});

test.each<[string, number, RegExp]>([
  ['nope', 127, /sh: nope: command not found/],
  ['echo $HOME', 2, /simple commands only/],
  ['seq 3 | wc -l', 2, /simple commands only/],
  ['cat /nope', 1, /No such file/],
  ['sleep never', 1, /invalid time interval/],
  ['seq x', 1, /invalid/],
  ['head -n 1', 1, /only/],
  ['wc -l', 1, /only/],
  ['uname -x', 1, /invalid option -- 'x'/],
  ['ps -o nope', 1, /unknown user-defined format specifier "nope"/],
])('%j ends with %i and complains', async (command, code, message) => {
  const client = await clientOf(await sim(), 'web-01');
  const result = await client.run(command);
  expect(result).toMatchObject({ code, text: '' });
  expect(result.stderr).toMatch(message);
});

test('input reaches cat, wc and sh', async () => {
  const client = await clientOf(await sim(), 'web-01');
  const bytes = Uint8Array.from({ length: 256 }, (_, index) => index);
  expect(new Uint8Array((await client.run('cat', bytes)).stdout)).toEqual(bytes);
  expect((await client.run('wc -c', new Uint8Array(3_000_000))).text).toBe('3000000\n');
  expect(await client.run('sh -s', 'echo from a script\nexit 4\n')).toMatchObject({ code: 4, text: 'from a script\n' });
});

test('uptime, w and /proc tell the same of a machine', async () => {
  const client = await clientOf(await sim(), 'web-01');
  const { text: uptime } = await client.run('uptime');
  const [, load] = /load average: ([\d.]+), [\d.]+, [\d.]+\n$/.exec(uptime) ?? [];
  const { text: w } = await client.run('w');
  expect(w).toMatch(/^ \d\d:\d\d:\d\d up .* users?, {2}load average: .*\nUSER +TTY +FROM +LOGIN@ +IDLE/);
  expect((await client.run('w -h')).text).not.toContain('USER');
  expect((await client.run('cat /proc/loadavg')).text.split(' ')[0]).toBe(load);
  const { text: files } = await client.run('cat /proc/meminfo /proc/stat /proc/uptime');
  expect(files).toMatch(
    /^MemTotal: +\d+ kB\n[\s\S]*^cpu {2}(\d+ ){9}\d+\ncpu0 [\s\S]*^btime \d+$[\s\S]*^\d+\.00 \d+\.00\n$/m,
  );
});

test('ps shows processes in the columns that are asked for', async () => {
  const client = await clientOf(await sim(), 'web-01');
  expect((await client.run('ps')).text).toMatch(/^ *PID TT +TIME CMD\n *\d+ \? +00:00:00 ps\n$/);
  expect((await client.run('ps -ef')).text).toMatch(/^USER +PID +PPID .*\nroot +1 +0 .*init\n/);
  expect((await client.run('ps aux')).text).toMatch(/^USER +PID +%CPU +%MEM +VSZ +RSS .*nginx: worker process\n/s);
  const { text } = await client.run('ps -eo pid=,pcpu=,etime=,comm= --sort=-pcpu');
  const shares = text
    .trim()
    .split('\n')
    .map((line) => Number(line.trim().split(/ +/)[1]));
  expect(shares.length).toBeGreaterThan(5);
  expect(shares).toEqual(shares.toSorted((first, second) => second - first));
  expect((await client.run('ps -e --no-headers -o user')).text).not.toContain('USER');
});

test('w cuts what is too wide for its column, and the columns can be widened', async () => {
  const one = await sim();
  const longName = 'a-rather-long-user-name';
  const machine = one.fleet.machines().find(({ adminUsername }) => adminUsername === 'azureuser')!;
  one.fleet.change(machine.name, { adminUsername: longName });
  for (let attempt = 0; attempt < 50; attempt += 1) one.fleet.add({ name: `more-${attempt}`, adminUsername: longName });
  for (const { name } of one.fleet.machines().filter(({ adminUsername }) => adminUsername === longName)) {
    const client = await clientOf(one, name);
    const { text } = await client.run('w -h');
    if (text === '') continue; // nobody is on
    expect(text).toMatch(/^a-rather pts\/0 {4}10\.255\.0\.\d+ {5,7}\d\d:\d\d {3}\d+:\d\dm/);
    expect((await client.run('env PROCPS_USERLEN=32 PROCPS_FROMLEN=64 w -h')).text).toMatch(
      /^a-rather-long-user-name {10}pts\/0/,
    );
    expect((await client.run('env PROCPS_USERLEN=99 w -h')).text).toBe(text);
    return;
  }
  expect.unreachable('nobody is on any of 50 machines');
});

test('ps gives a column the width that is asked for', async () => {
  const client = await clientOf(await sim(), 'web-01');
  const { text } = await client.run('ps -e -o user:20= -o pid= -o comm:30= -o args=');
  expect(text).toMatch(/^root {17} {0,4}1 systemd {23} {1}\/sbin\/init\n/);
});

test('some machines run an older kernel than most', async () => {
  const one = await start({ machines: 40, ssh: true });
  const counts = new Map<string, number>();
  const running = one.fleet.machines().filter(({ os, powerState }) => os === 'Linux' && powerState === 'running');
  for (const { name } of running) {
    const { text } = await (await clientOf(one, name)).run('uname -r');
    counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  expect([...counts.keys()].toSorted()).toEqual(['6.8.0-1017-azure\n', '6.8.0-1021-azure\n']);
  expect(counts.get('6.8.0-1021-azure\n')).toBeGreaterThan(counts.get('6.8.0-1017-azure\n')!);
});

test('large output comes whole', async () => {
  const client = await clientOf(await sim(), 'web-01');
  const { stdout } = await client.run('head -c 20000000 /dev/zero');
  expect(stdout.length).toBe(20_000_000);
  const { text } = await client.run('seq 100000');
  expect(text.split('\n').length).toBe(100_001);
  expect(text.endsWith('\n99999\n100000\n')).toBe(true);
});

test('sleep goes by the clock', async () => {
  const clock = new ManualClock();
  const slow = await start({ machines: 1, ssh: true, clock });
  const client = await clientOf(slow, 'web-01');
  const { result } = client.start('sleep 3600');
  await clock.untilTimers(1);
  clock.advance(3_600_000);
  expect(await result).toMatchObject({ code: 0 });
});

test('a signal ends a command, and what comes after it', async () => {
  const one = await sim();
  const client = await clientOf(one, 'web-01');
  const { result, stop } = client.start('sleep 3600; echo no');
  await until(() => one.stats().ssh?.commands === 1);
  await stop('TERM');
  const { signal, stdout } = await result;
  expect([signal, stdout.length]).toEqual(['SIGTERM', 0]);
});

test('a command whose channel is closed stops', async () => {
  const clock = new ManualClock();
  const slow = await start({ machines: 1, ssh: { maxSessions: 1 }, clock });
  const client = await clientOf(slow, 'web-01');
  const command = client.start('sleep 3600');
  await clock.untilTimers(1);
  await command.close();
  await command.result;
  expect(clock.timers).toBe(0);
  expect((await client.run('true')).code).toBe(0);
});
