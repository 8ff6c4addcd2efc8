import { expect, it } from 'vitest';
import { compareResults } from '../../src/compare/compare.ts';
import { command, resultsFolder } from '../support/decide.ts';
import { recordedRun } from '../support/recorded.ts';

async function gate(name: string): Promise<{ exitCode: number | null; lines: string[] }> {
  const { base, now } = recordedRun(name);
  const folder = resultsFolder({ 'base.json': base, 'new.json': now });
  const { exitCode, stdout } = await command(folder, ['gate', 'base.json', 'new.json']);
  return { exitCode, lines: stdout.trimEnd().split('\n') };
}

it('10 ms of sleep in the warm path are caught', async () => {
  const { exitCode, lines } = await gate('sleep');
  expect(exitCode).toBe(1);
  expect(lines).toContainEqual(expect.stringMatching(/^✗ start-up\/list-1000\/azfleet: slower by /));
});

it('10 ms of sleep in the warm path are seen nowhere else', () => {
  const { base, now } = recordedRun('sleep');
  const peers = compareResults(base, now).benchmarks.filter(({ benchmark }) => benchmark.endsWith('/node-e-0'));
  expect(peers.map(({ time }) => time?.verdict)).toEqual(Array.from({ length: 4 }, () => 'no difference'));
});

it('10 ms of sleep in the warm path are seen from run to run too, by the ratio to an empty process', () => {
  const { benchmarks } = compareResults(recordedRun('same-1').now, recordedRun('sleep').now);
  const own = benchmarks.find(({ benchmark }) => benchmark === 'start-up/list-1000/azfleet')!;
  expect(own.time).toMatchObject({ of: 'ratio', verdict: 'slower' });
});

it('a cache turned off is caught, by the suite that is to be answered from it', async () => {
  const { exitCode, lines } = await gate('no-cache');
  expect(exitCode).toBe(1);
  expect(lines[0]).toMatch(
    /^✗ the suite start-up failed: azfleet list was to be answered from the cache, and made \d+ calls$/,
  );
});
