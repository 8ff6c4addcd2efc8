import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { testFleet } from '../support/cli.ts';

test('what cannot be meant is refused before Azure is asked', async () => {
  const fleet = await testFleet({ machines: 1 });
  writeFileSync(join(fleet.sandbox.directory, 'empty.sh'), '');
  const cases: readonly (readonly [args: string[], message: string])[] = [
    [['--', 'true'], 'run needs machines; name them, or pass --all'],
    [['--exclude', 'x', '--', 'true'], 'run needs machines; name them, or pass --all'],
    [['web-01'], 'run needs a command; it follows --, for example: azfleet run web-01 -- uptime'],
    [['web-01', 'df', '-o', 'json'], 'run needs a command; it follows --, for example: azfleet run web-01 -- df'],
    [['web-01', '--', ' '], 'run needs a command; it follows --, for example: azfleet run web-01 -- uptime'],
    [['web-01', '--timeout', '0s', '--', 'true'], "--timeout '0s' leaves no time at all; write it as 30s, 5m or 1h30m"],
    [
      ['web-01', '--connect-timeout', 'x', '--', 'true'],
      "--connect-timeout 'x' is not a duration; write it as 30s, 5m, 1h30m or 7d",
    ],
    [['web-01', '--width', '0', '--', 'true'], "--width '0' is not a whole number above 0"],
    [
      ['web-01', '--halt', '0%', '--', 'true'],
      "--halt '0%' is neither a number of machines nor a share of them; write it as 5 or 10%",
    ],
    [
      ['web-01', '--waves', '1,,2', '--', 'true'],
      "--waves '' is neither a number of machines nor a share of them; write it as 5 or 10%",
    ],
    [
      ['web-01', '--waves', '101%', '--', 'true'],
      "--waves '101%' is neither a number of machines nor a share of them; write it as 5 or 10%",
    ],
    [['web-01', '--script', '/nowhere/x.sh'], '--script /nowhere/x.sh: cannot be read (ENOENT); check the name'],
    [
      ['web-01', '--script', join(fleet.sandbox.directory, 'empty.sh')],
      `--script ${join(fleet.sandbox.directory, 'empty.sh')}: there is nothing in it`,
    ],
    [
      ['web-01', '--script', 'x', '--stdin'],
      '--script and --stdin contradict each other; a script gets no input of its own',
    ],
    [
      ['--targets-from', '-', '--stdin', '--', 'cat'],
      '--stdin and --targets-from - contradict each other; read the names from a file',
    ],
    [['web-01', '--quiet', '--group', '--', 'true'], '--group and --quiet contradict each other; give one of them'],
  ];
  for (const [args, message] of cases) {
    expect(await fleet.azfleet(['run', ...args])).toMatchObject({
      exitCode: 2,
      stdout: '',
      stderr: `azfleet: ${message}\n`,
    });
  }
  expect(fleet.calls()).toBe(0);
});
