import { describe, expect, it } from 'vitest';
import { command, put, resultsFolder, start, startWith } from '../support/decide.ts';
import { type MadeUp, resultFile } from '../support/result-files.ts';

/** A folder in which these benchmarks were saved as baselines. */
async function saved(benchmarks: readonly MadeUp[]): Promise<string> {
  const folder = resultsFolder({ 'saved.json': resultFile(benchmarks, { run: 'run-1', seed: 1 }) });
  await command(folder, ['baseline', 'save', 'saved.json']);
  return folder;
}

async function gate(folder: string, benchmarks: readonly MadeUp[], overrides: Parameters<typeof resultFile>[1] = {}) {
  put(folder, 'new.json', resultFile(benchmarks, { run: 'run-2', seed: 2, factor: 1.7, ...overrides }));
  const { exitCode, stdout, stderr } = await command(folder, ['gate', 'new.json']);
  return { exitCode, lines: stdout.trimEnd().split('\n'), stderr };
}

describe('azfleet-bench gate NEW', () => {
  it('is open for the same build on another machine', async () => {
    expect(await gate(await saved(start), start)).toEqual({
      exitCode: 0,
      lines: ['✓ the gate is open: 2 benchmarks compared'],
      stderr: '',
    });
  });

  it('is closed where the ratio to the peer has grown', async () => {
    const { exitCode, lines } = await gate(await saved(start), startWith({ seconds: 0.055 }));
    expect(exitCode).toBe(1);
    expect(lines[0]).toMatch(
      /^✗ start-up\/list\/azfleet: slower by 2\d\.\d % in its ratio to start-up\/list\/node-e-0, /,
    );
  });

  it('is closed where counts are worse', async () => {
    const { exitCode, lines } = await gate(await saved(start), startWith({ calls: 3, cache: [1, 3] }));
    expect(exitCode).toBe(1);
    expect(lines[0]).toBe('✗ start-up/list/azfleet: calls 0 → 3, misses 0 → 3, hit ratio 100 % → 25 %');
  });

  it('is closed where a benchmark of the baseline was lost', async () => {
    expect(await gate(await saved(start), [start[0]!])).toMatchObject({
      exitCode: 1,
      lines: ['✗ start-up/list/node-e-0: is in base, and was not measured now', expect.any(String)],
    });
  });

  it('does not ask for suites that were not run', async () => {
    const folder = await saved([...start, { name: 'cache/get/azfleet', seconds: 1e-5 }]);
    expect(await gate(folder, start)).toMatchObject({ exitCode: 0, stderr: '' });
  });

  it('names suites that have no baseline yet', async () => {
    const { exitCode, stderr } = await gate(await saved(start), [
      ...start,
      { name: 'cache/get/azfleet', seconds: 1e-5 },
    ]);
    expect(exitCode).toBe(0);
    expect(stderr).toMatch(/^no baseline of cache in .*baselines\n$/);
  });
});
