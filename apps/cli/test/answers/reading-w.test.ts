import { expect, test } from 'vitest';
import { parseWho } from '../../src/run/answers/who.ts';

const header = (width: number, from: string): string =>
  ` 15:28:55 up  3:07,  7 users,  load average: 1.31, 1.06, 1.90\n${'USER'.padEnd(width)} TTY      ${from}`;

// As procps-ng 4.0.2 printed it.
const wide = `${header(32, 'FROM                                                             LOGIN@   IDLE   JCPU   PCPU WHAT')}
root                             pts/0    10.255.0.3                                                       15:27    3:03m  0.00s   ?    sleep 50
a-very-long-user-name-indeed-32c pts/1    2001:db8:1234:5678:9abc:def0:1234:5678                           Fri15    1.00s  0.04s  0.04s python3 -c import time;x="??\\x1b[31m\\n??????";time.sleep(50)
root                             tty1     -                                                                19Oct25  3days  0.00s 44.68s /init --addr 0.0.0.0:2024
`;

test('long names, IPv6, no place, and every way to write a login and a span', () => {
  expect(parseWho(wide)).toEqual([
    {
      user: 'root',
      tty: 'pts/0',
      from: '10.255.0.3',
      loginAt: '15:27',
      idle: '3:03m',
      idleSeconds: 10_980,
      what: 'sleep 50',
    },
    {
      user: 'a-very-long-user-name-indeed-32c',
      tty: 'pts/1',
      from: '2001:db8:1234:5678:9abc:def0:1234:5678',
      loginAt: 'Fri15',
      idle: '1.00s',
      idleSeconds: 1,
      what: String.raw`python3 -c import time;x="??\x1b[31m\n??????";time.sleep(50)`,
    },
    {
      user: 'root',
      tty: 'tty1',
      from: null,
      loginAt: '19Oct25',
      idle: '3days',
      idleSeconds: 259_200,
      what: '/init --addr 0.0.0.0:2024',
    },
  ]);
});

test('nobody is on', () => {
  expect(parseWho(`${header(8, 'FROM             LOGIN@   IDLE   JCPU   PCPU WHAT')}\n`)).toEqual([]);
});

test('a build without FROM, where the columns begin earlier', () => {
  const output = `${header(8, '  LOGIN@   IDLE   JCPU   PCPU WHAT')}
root     pts/0     15:27   12:04   0.00s   ?    -bash
root     tty1      19Oct25  3days  0.00s 44.68s /init
`;
  expect(parseWho(output)).toEqual([
    { user: 'root', tty: 'pts/0', from: null, loginAt: '15:27', idle: '12:04', idleSeconds: 724, what: '-bash' },
    { user: 'root', tty: 'tty1', from: null, loginAt: '19Oct25', idle: '3days', idleSeconds: 259_200, what: '/init' },
  ]);
});

test('a session without a terminal, a span that is not known, and no command', () => {
  const output = `${header(8, 'FROM             LOGIN@   IDLE   JCPU   PCPU  WHAT')}
azureuse          192.168.1.10     12:01     ?     0.00s  0.03s  -
`;
  expect(parseWho(output)).toEqual([
    { user: 'azureuse', tty: null, from: '192.168.1.10', loginAt: '12:01', idle: null, idleSeconds: null, what: null },
  ]);
});

test('what the start-up file of a shell says is passed over', () => {
  expect(parseWho(`Welcome!\nUSER beware\n${wide}`)).toHaveLength(3);
});

test.each([
  ['nothing', ''],
  ["BusyBox's w", 'USER\t\tTTY\t\tIDLE\tTIME\t\t HOST\nroot\t\tpts/0\t\t00:00\tNov 23 15:02:11\t 10.0.0.1\n'],
  ['another program', 'w: command not found\n'],
  ['a line that does not fit its columns', `${wide}somebody somewhere\n`],
  ['a name that runs into the next column', `${wide}a-name-that-is-longer-than-32-characters pts/3 15:27 1.00s\n`],
])('%s is not guessed at', (_what, output) => {
  expect(parseWho(output)).toBeUndefined();
});
