import { expect, test } from 'vitest';
import { run } from '../src/cli.ts';
import { commands } from '../src/commands.ts';
import manifest from '../package.json' with { type: 'json' };
import { capturedIo } from './support/cli.ts';

const clock = { now: () => Date.now(), setTimeout: () => 0, clearTimeout: () => {} };

async function azfleet(...args: string[]) {
  return await onTerminal(undefined, ...args);
}

async function onTerminal(columns: number | undefined, ...args: string[]) {
  const io = capturedIo({ HOME: '/nonexistent', NO_COLOR: '1' }, clock, columns);
  const exitCode = await run(args, io);
  const { stdout, stderr } = io.printed;
  return { exitCode, stdout, stderr };
}

test.each([[[]], [['--help']], [['-h']], [['help']]])('%j shows every command', async (args) => {
  const { exitCode, stdout, stderr } = await azfleet(...args);
  expect([exitCode, stderr]).toEqual([0, '']);
  for (const name of Object.keys(commands)) expect(stdout).toMatch(new RegExp(`^  ${name} `, 'm'));
});

test.each(Object.keys(commands))('%s --help shows its flags, and nothing is done', async (name) => {
  const command = await commands[name]!.load();
  for (const words of [
    [name, '--help'],
    ['help', name],
    [name, '-h'],
  ]) {
    const { exitCode, stdout } = await azfleet(...words);
    expect(exitCode).toBe(0);
    for (const flag of Object.keys(command.flags)) expect(stdout).toContain(`--${flag}`);
  }
});

test.each([...Object.keys(commands), '--help'])('%s --help fits a terminal of 80 columns', async (name) => {
  const { stdout } = await onTerminal(80, ...(name === '--help' ? [name] : [name, '--help']));
  const [text] = stdout.split('\nExamples\n');
  const tooWide = text!.split('\n').filter((line) => line.length > 80);
  expect(tooWide).toEqual([]);
});

test.each([['--version'], ['-V'], ['version']])('%s', async (flag) => {
  expect(await azfleet(flag)).toEqual({ exitCode: 0, stdout: `azfleet ${manifest.version}\n`, stderr: '' });
});
