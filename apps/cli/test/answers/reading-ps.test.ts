import { expect, test } from 'vitest';
import { parseProcesses, processes } from '../../src/run/answers/processes.ts';

/** As procps prints it: names to the left, numbers to the right of their columns. */
function line(user: string, pid: number, numbers: string, state: string, command: string, args: string): string {
  return `${user.padEnd(64)} ${String(pid).padStart(7)} ${numbers} ${state.padEnd(4)} ${command.padEnd(64)} ${args}\n`;
}

test('names with blanks, arguments with blanks and escapes, and states of any length', () => {
  const output = [
    line('root', 1, ' 0.3  0.0 20680   11180', 'SLl', 'process_api', '/process_api --addr 0.0.0.0:2024'),
    line(
      'CORP\\john doe',
      32_446,
      ' 6.6  0.1 13584       0',
      'Ss+',
      'Web Content',
      String.raw`python3 -c x="?\x1b[31m\n"`,
    ),
    line('www-data', 4_194_304, ' 399 12.5 9999999999 4123168608', 'R<sLl+', 'nginx', 'nginx: worker  process'),
    line('root', 2, ' 0.0  0.0     0   11180', 'I<', 'kworker/R-rcu_gp', '[kworker/R-rcu_gp]'),
    line('app', 77, ' 0.0  0.0     0       -', 'Z', 'sh <defunct>', '[sh] <defunct>'),
  ].join('');
  expect(parseProcesses(output)).toEqual([
    {
      pid: 1,
      user: 'root',
      cpuPercent: 0.3,
      memoryPercent: 0,
      rssBytes: 20_680 * 1024,
      elapsedSeconds: 11_180,
      state: 'SLl',
      command: 'process_api',
      args: '/process_api --addr 0.0.0.0:2024',
    },
    expect.objectContaining({
      pid: 32_446,
      user: String.raw`CORP\john doe`,
      cpuPercent: 6.6,
      command: 'Web Content',
      args: String.raw`python3 -c x="?\x1b[31m\n"`,
    }),
    expect.objectContaining({ pid: 4_194_304, cpuPercent: 399, state: 'R<sLl+', args: 'nginx: worker  process' }),
    expect.objectContaining({ command: 'kworker/R-rcu_gp', rssBytes: 0 }),
    expect.objectContaining({ command: 'sh <defunct>', args: '[sh] <defunct>', elapsedSeconds: null }),
  ]);
});

test('the ps that asks is not told, and neither is the shell around it', () => {
  const asking = processes.command.replace(/^env LC_ALL=C /, '');
  const output = [
    line('root', 1, ' 0.0  0.0     0       1', 'S', 'init', '/sbin/init'),
    line('ops', 8, ' 0.0  0.0     0       1', 'S', 'sh', `sh -c ${processes.command}`),
    line('ops', 9, ' 300  0.0     0       1', 'R', 'ps', asking),
  ].join('');
  expect(parseProcesses(output)).toMatchObject([{ pid: 1 }]);
});

test('what the start-up file of a shell says is passed over', () => {
  const output = `Welcome to web-01\n\n${line('root', 1, ' 0.0  0.0     0       1', 'S', 'init', '/sbin/init')}`;
  expect(parseProcesses(output)).toMatchObject([{ pid: 1 }]);
});

test.each([
  ['nothing', ''],
  ["BusyBox's ps", 'PID   USER     TIME  COMMAND\n    1 root      0:00 /sbin/init\n'],
  [
    'a line that does not fit its columns',
    `${line('root', 1, ' 0.0  0.0     0       1', 'S', 'init', '/sbin/init')}and more\n`,
  ],
])('%s is not guessed at', (_what, output) => {
  expect(parseProcesses(output)).toBeUndefined();
});
