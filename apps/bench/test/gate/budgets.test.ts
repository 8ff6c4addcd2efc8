import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { brokenBudgets } from '../../src/gate/broken-budgets.ts';
import type { Budget } from '../../src/gate/budgets.ts';
import type { ResultFile } from '../../src/result/result.ts';
import { command, put, resultsFolder, start, startWith } from '../support/decide.ts';
import { resultFile } from '../support/result-files.ts';

const ours = 'start-up/list/azfleet';

const broken = (budget: Budget, result: ResultFile, pattern = ours): string[] =>
  brokenBudgets({ [pattern]: budget }, result).map(({ benchmark, text }) => `${benchmark ?? '-'}: ${text}`);

describe('budgets', () => {
  it('are kept by what is at the limit', () => {
    const result = resultFile(startWith({ calls: 4, handshakes: 1, cache: [4, 1], memoryMb: 50 }));
    expect(broken({ calls: 4, handshakes: 1, misses: 1, hit_ratio: 0.8, peak_memory_mb: 50 }, result)).toEqual([]);
  });

  it.each<[Budget, string]>([
    [{ calls: 3 }, 'calls 4, the budget is 3 at most'],
    [{ handshakes: 0 }, 'handshakes 1, the budget is 0 at most'],
    [{ misses: 0 }, 'misses 1, the budget is 0 at most'],
    [{ hit_ratio: 0.9 }, 'hit ratio 80 %, the budget is 90 % at least'],
    [{ peak_memory_mb: 49 }, 'peak memory 50 MB, the budget is 49 MB at most'],
  ])('%j is broken', (budget, text) => {
    const result = resultFile(startWith({ calls: 4, handshakes: 1, cache: [4, 1], memoryMb: 50 }));
    expect(broken(budget, result)).toEqual([`${ours}: ${text}`]);
  });

  it('are broken by what is not measured', () => {
    expect(broken({ handshakes: 1 }, resultFile(start))).toEqual([
      `${ours}: handshakes has a budget, and is not measured`,
    ]);
  });

  it('of a ratio are broken where the whole interval is above them', () => {
    const result = resultFile(startWith({ seconds: 0.035 * 1.5 }));
    expect(broken({ ratio: { against: 'node-e-0', max: 1.5 } }, result)).toEqual([]);
    expect(broken({ ratio: { against: 'node-e-0', max: 1.3 } }, result)).toEqual([
      expect.stringMatching(
        /^start-up\/list\/azfleet: 1\.[45]\d × node-e-0 \(interval 1\.4\d – 1\.5\d\), the budget is 1\.30 × at most$/,
      ),
    ]);
  });

  it('of ratios may be several', () => {
    const result = resultFile([...startWith({ seconds: 0.07 }), { name: 'start-up/list/az', seconds: 0.5 }]);
    const ratio = [
      { against: 'node-e-0', max: 1.5 },
      { against: 'az', max: 1 },
    ];
    expect(broken({ ratio }, result)).toEqual([expect.stringContaining('node-e-0')]);
  });

  it('of a ratio from too few rounds for an interval are broken where each round is above them', () => {
    const few = resultFile(startWith({ rounds: 3, seconds: 0.07 }));
    expect(broken({ ratio: { against: 'node-e-0', max: 1.5 } }, few)).toEqual([
      expect.stringMatching(/: [12]\.\d\d × node-e-0 \(in each of 3 rounds more\), the budget is 1\.50 × at most$/),
    ]);
    expect(broken({ ratio: { against: 'node-e-0', max: 2.5 } }, few)).toEqual([]);
  });

  it('of a ratio to a peer that was lost are broken, to one that is not installed they are not', () => {
    const budget: Budget = { ratio: { against: 'az', max: 1 } };
    expect(broken(budget, resultFile(start))).toEqual([`${ours}: has a budget against az, which was not measured`]);
    const missing = [{ benchmark: 'start-up/list/az', reason: 'not installed' }];
    expect(broken(budget, resultFile(start, { missing }))).toEqual([]);
  });

  it('hold for all benchmarks that their name fits, word by word', () => {
    const benchmarks = ['a/get-1/x', 'a/get-10/x', 'a/set-1/x', 'b/get-1/x'].map((name) => ({
      name,
      seconds: 1,
      calls: 1,
    }));
    const names = brokenBudgets({ 'a/get-*/x': { calls: 0 } }, resultFile(benchmarks)).map(
      ({ benchmark }) => benchmark,
    );
    expect(names).toEqual(['a/get-1/x', 'a/get-10/x']);
    expect(brokenBudgets({ '*/get-1/*': { calls: 0 } }, resultFile(benchmarks))).toHaveLength(2);
  });

  it('that fit nothing are broken: what they watch over was renamed', () => {
    expect(broken({ calls: 0 }, resultFile(start), 'start-up/lst/azfleet')).toEqual([
      '-: the budget for start-up/lst/azfleet fits no benchmark',
    ]);
  });

  it('that fit nothing do not count where the suite was not run, did not end, or the side is not here', () => {
    expect(broken({ calls: 0 }, resultFile(start), 'cache/get/azfleet')).toEqual([]);
    const failed = resultFile([], { suites: [{ suite: 'start-up', status: 'failed', error: null }] });
    expect(broken({ calls: 0 }, failed)).toEqual([]);
    const missing = [{ benchmark: 'start-up/list/az', reason: 'not installed' }];
    expect(broken({ calls: 0 }, resultFile(start, { missing }), 'start-up/*/az')).toEqual([]);
  });
});

describe('azfleet-bench gate with budgets', () => {
  it('takes them from benchmarks/budgets.json, and needs no base for them', async () => {
    const folder = resultsFolder({ 'new.json': resultFile(startWith({ calls: 2 })) });
    mkdirSync(join(folder, 'benchmarks'));
    put(folder, 'benchmarks/budgets.json', { [ours]: { calls: 0 } });
    const { exitCode, stdout, stderr } = await command(folder, ['gate', 'new.json']);
    expect(exitCode).toBe(1);
    expect(stdout).toBe(
      `✗ ${ours}: calls 2, the budget is 0 at most\nthe gate is closed: 1 reason, 0 benchmarks compared\n`,
    );
    expect(stderr).toMatch(/^no baseline of start-up in /);
  });

  it.each([
    ['not json', /budgets\.json is not JSON/],
    ['{ "a/b/c": { "cals": 1 } }', /budgets\.json is not a file of budgets: a\/b\/c: cals: /],
    ['{ "a/b": { "calls": 1 } }', /is not SUITE\/COMPARISON\/SIDE/],
    ['{ "a/b/c": { "ratio": { "against": "x", "max": 0 } } }', /a\/b\/c: ratio: max: /],
    ['[]', /is not a file of budgets/],
  ])('refuses %s in one line', async (text, says) => {
    const folder = resultsFolder({ 'new.json': resultFile(start) });
    writeFileSync(join(folder, 'budgets.json'), text);
    const { exitCode, stderr } = await command(folder, ['gate', 'new.json', '--budgets', 'budgets.json']);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(says);
    expect(stderr.match(/\n/g)).toHaveLength(1);
  });

  it('refuses a folder in the place of the file', async () => {
    const folder = resultsFolder({ 'new.json': resultFile(start) });
    const { exitCode, stderr } = await command(folder, ['gate', 'new.json', '--budgets', '.']);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/cannot be read \(E\w+\)/);
  });
});
