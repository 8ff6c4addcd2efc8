import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { BaselineFile } from '../../src/baseline/baseline-file.ts';
import { command, put, resultsFolder, start, startWith } from '../support/decide.ts';
import { resultFile } from '../support/result-files.ts';

const read = (folder: string, name: string): BaselineFile =>
  JSON.parse(readFileSync(join(folder, 'benchmarks/baselines', name), 'utf8')) as BaselineFile;

describe('azfleet-bench baseline save', () => {
  it('writes a file for each suite: counts, the ratio with its interval, and times to look back at', async () => {
    const result = resultFile([...start, { name: 'cache/get/azfleet', seconds: 1.2345e-5 }]);
    const folder = resultsFolder({ 'new.json': result });
    expect(await command(folder, ['baseline', 'save', 'new.json'])).toEqual({
      exitCode: 0,
      stdout: 'start-up: 2 benchmarks saved\ncache: 1 benchmark saved\n',
      stderr: '',
    });
    expect(readdirSync(join(folder, 'benchmarks/baselines')).toSorted()).toEqual(['cache.json', 'start-up.json']);
    const { benchmarks, history } = read(folder, 'start-up.json');
    expect(benchmarks['start-up/list/azfleet']).toMatchObject({ calls: 0, handshakes: null, hits: 4, misses: 0 });
    const { against, ratio, low, high } = benchmarks['start-up/list/azfleet']!.ratio!;
    expect(against).toBe('start-up/list/node-e-0');
    expect([low < ratio, ratio < high, ratio > 1.2, ratio < 1.4]).toEqual([true, true, true, true]);
    expect(benchmarks['start-up/list/node-e-0']!.ratio).toBeNull();
    expect(history).toMatchObject([{ commit: '4f2c9e1', node: 'v24.21.0', cpu: '2 × AMD EPYC 7763' }]);
    expect(Object.keys(history[0]!.seconds)).toEqual(['start-up/list/azfleet', 'start-up/list/node-e-0']);
  });

  it('writes the same bytes whatever the order of the benchmarks', async () => {
    const result = resultFile(start);
    const folder = resultsFolder({
      'a.json': result,
      'b.json': { ...result, benchmarks: result.benchmarks.toReversed() },
    });
    await command(folder, ['baseline', 'save', 'a.json', '--baselines', 'a']);
    await command(folder, ['baseline', 'save', 'b.json', '--baselines', 'b']);
    const text = (name: string): string => readFileSync(join(folder, name, 'start-up.json'), 'utf8');
    expect(text('a')).toBe(text('b'));
    expect(text('a').endsWith('}\n')).toBe(true);
  });

  it('lets go what is not measured any more, and keeps the last ten runs', async () => {
    const folder = resultsFolder({});
    for (let run = 0; run < 12; run += 1) {
      const startedAt = `2026-03-${String(run + 1).padStart(2, '0')}T10:00:00.000Z`;
      put(folder, 'new.json', resultFile(run < 11 ? start : [start[1]!], { startedAt }));
      await command(folder, ['baseline', 'save', 'new.json']);
    }
    const { benchmarks, history } = read(folder, 'start-up.json');
    expect(Object.keys(benchmarks)).toEqual(['start-up/list/node-e-0']);
    expect(history.map(({ startedAt }) => startedAt.slice(8, 10))).toEqual([
      '12',
      '11',
      '10',
      '09',
      '08',
      '07',
      '06',
      '05',
      '04',
      '03',
    ]);
  });

  it('refuses what is incomplete, a suite twice, and words it does not know', async () => {
    const folder = resultsFolder({
      'part.json': resultFile(start, { complete: false }),
      'a.json': resultFile(start),
      'b.json': resultFile(startWith({ calls: 1 })),
    });
    for (const [args, says] of [
      [['save', 'part.json'], /part\.json is incomplete; repeat the run to its end/],
      [['save', 'a.json', 'b.json'], /b\.json and .*a\.json both have the suite start-up/],
      [['save'], /needs a result file/],
      [['sav', 'a.json'], /unknown action 'sav' of 'baseline'; did you mean 'save'/],
      [['xyz', 'a.json'], /unknown action 'xyz' of 'baseline'; save or update/],
      [[], /needs save or update/],
    ] as const) {
      const { exitCode, stdout, stderr } = await command(folder, ['baseline', ...args]);
      expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
      expect(stderr).toMatch(says);
      expect(stderr.match(/\n/g)).toHaveLength(1);
    }
    expect(readdirSync(folder)).not.toContain('benchmarks');
  });

  it('says so where it cannot write, and ends with 1', async () => {
    const folder = resultsFolder({ 'new.json': resultFile(start) });
    const { exitCode, stderr } = await command(folder, ['baseline', 'save', 'new.json', '--baselines', 'new.json/sub']);
    expect(exitCode).not.toBe(0);
    expect(stderr).toMatch(/new\.json.*sub.* cannot be (written|read)/);
  });
});
