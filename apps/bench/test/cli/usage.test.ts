import { expect, test } from 'vitest';
import { commands } from '../../src/commands.ts';
import { bench } from '../support/bench.ts';
import { counting, folder, suiteText } from '../support/folder.ts';

const cwd = (): string =>
  folder({ 'benchmarks/start-up.bench.mjs': suiteText(`{ name: 'c', rounds: 1, sides: [${counting}] }`) });

test.each([
  [['rnu'], "unknown command 'rnu'; did you mean 'run'?"],
  [['frobnicate-everything'], "unknown command 'frobnicate-everything'; see 'azfleet-bench --help'"],
  [['--rounds', '3'], "'--rounds' stands before any command; see 'azfleet-bench --help'"],
  [['help', 'rnu'], "unknown command 'rnu'; did you mean 'run'?"],
  [['run', '--roundz', '3'], "unknown flag --roundz for 'azfleet-bench run'; did you mean '--rounds'?"],
  [
    ['run', '--something-else'],
    "unknown flag --something-else for 'azfleet-bench run'; see 'azfleet-bench run --help'",
  ],
  [['run', '--rounds'], '--rounds needs a value: --rounds N'],
  [['run', '--rounds', 'many'], "--rounds 'many' is not a whole number from 1 to 10000"],
  [['run', '--rounds', '2.5'], "--rounds '2.5' is not a whole number from 1 to 10000"],
  [['run', '--rounds', '0'], "--rounds '0' is not a whole number from 1 to 10000"],
  [['run', '--json=yes'], "--json takes no value, got 'yes'"],
  [['run', '--color', 'sometimes'], "--color 'sometimes' is not one of auto, always, never"],
  [['run', '--name', 'base'], "a build cannot be called 'base': that is what --base DIR is"],
  [['run', 'startup'], /^no suite is called 'startup' in .*; did you mean 'start-up'\?$/],
  [
    ['run', '--suites', 'nowhere'],
    'there is no suite in nowhere; a suite is a file called NAME.bench.ts, .mts, .js or .mjs',
  ],
])('%j is told in one line, with exit code 2', async (args, expected) => {
  const { exitCode, stdout, stderr } = await bench(cwd(), ...args);
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  expect(stderr).toMatch(/^azfleet-bench: [^\n]*\n$/);
  const line = stderr.slice('azfleet-bench: '.length, -1);
  expect(line).toMatch(expected);
});

test('help names every command, and every command helps', async () => {
  const { exitCode, stdout } = await bench(cwd(), '--help');
  expect(exitCode).toBe(0);
  for (const [name, { summary }] of Object.entries(commands)) {
    expect(stdout).toContain(`  ${name}`);
    expect(stdout).toContain(summary);
    const help = await bench(cwd(), name, '--help');
    expect(help).toEqual({ ...(await bench(cwd(), 'help', name)), exitCode: 0, stderr: '' });
    expect(help.stdout).toMatch(new RegExp(`^azfleet-bench ${name}: `));
    const { flags, usage, examples } = await commands[name]!.load();
    for (const flag of Object.keys(flags)) expect(help.stdout).toContain(`--${flag}`);
    for (const line of usage) expect(help.stdout).toContain(`  azfleet-bench ${line}`);
    expect(examples.length).toBeGreaterThan(0);
  }
  expect((await bench(cwd())).stdout).toBe(stdout);
});

test('--version is that of the package', async () => {
  expect((await bench(cwd(), '--version')).stdout).toMatch(/^azfleet-bench \d+\.\d+\.\d+\n$/);
});

test('colours are for terminals, and for those who ask', async () => {
  const place = cwd();
  // oxlint-disable-next-line no-control-regex -- SGR sequences are what it looks for
  const colours = /\u001b\[/;
  expect((await bench(place, 'run')).stdout).not.toMatch(colours);
  expect((await bench(place, 'run', '--color', 'always')).stdout).toMatch(colours);
  expect((await bench(place, 'run', '--color', 'never')).stdout).not.toMatch(colours);
});
