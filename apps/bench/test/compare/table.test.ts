import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { compareResults } from '../../src/compare/compare.ts';
import { renderComparison } from '../../src/compare/table.ts';
import { styleFor } from '../../src/output/style.ts';
import { oneRun, start, startWith } from '../support/decide.ts';
import { fleetHistory, fleetRun } from '../support/fleet-results.ts';

const output = { isTerminal: true, columns: 200, write() {} };
const coloured = styleFor(output, {}, 'always');
const plain = styleFor(output, {}, 'never');
const { base, now } = fleetRun();
const comparison = compareResults(base, now);

describe('the table of a comparison', () => {
  it('tells times, ratio, interval, verdict and what would have been found, worst first', () => {
    const lines = renderComparison(comparison, plain, undefined).split('\n');
    expect(lines[0]).toBe('new 4f2c9e1 against base a81d03b');
    expect(lines[2]).toMatch(/^BENCHMARK +BASE +NEW +RATIO +INTERVAL +0\.67 +1 +1\.50 +VERDICT +DETECTS$/);
    expect(lines[3]).toMatch(
      /^start-up\/list-1000\/azfleet +4\d\.\d ms +\d\d\.\d ms +1\.1\d × +1\.\d\d – 1\.\d\d +│ +─*●─* +slower +\d\.\d %$/,
    );
  });

  it('tells counts below their benchmark, where they have changed', () => {
    const lines = renderComparison(comparison, plain, undefined).split('\n');
    const place = lines.findIndex((line) => line.startsWith('vm-list/status-expired-100/azfleet'));
    expect(lines[place + 1]).toBe('  calls 1 → 4, misses 1 → 4, hit ratio 75 % → 0 %');
    expect(lines.filter((line) => line.includes('calls'))).toHaveLength(2);
  });

  it('ends with a summary and how the figures came about', () => {
    const text = renderComparison(comparison, plain, undefined);
    expect(text).toContain('1 slower, 3 faster, 36 without a difference, counts worse in 1, counts better in 1.');
    expect(text).toMatch(
      /side by side.*\nIntervals hold at 95 % over all 40 comparisons together: .*bootstrap.*Bonferroni/,
    );
  });

  it.each([80, 100, 120, 160])('fits into %d columns', (columns) => {
    const [, , ...lines] = renderComparison(comparison, coloured, columns).split('\n');
    const rows = lines.slice(0, lines.indexOf('')).map((line) => stripVTControlCharacters(line));
    expect(rows.length).toBeGreaterThan(40);
    for (const row of rows) expect(row.length).toBeLessThanOrEqual(columns);
    expect(rows[0]).toMatch(/^BENCHMARK .*RATIO.* VERDICT/);
  });

  it('is red for what is slower or counts worse, green for what is better', () => {
    const lines = renderComparison(comparison, coloured, undefined).split('\n');
    const line = (start: string): string => lines.find((one) => one.startsWith(start))!;
    expect(line('start-up/list-1000/azfleet')).toContain('\u001b[31mslower\u001b[39m');
    expect(line('config-load/warm/azfleet')).toContain('\u001b[32mfaster\u001b[39m');
    expect(lines.find((one) => one.includes('calls 1 → 4'))).toContain('\u001b[31m');
    expect(lines.find((one) => one.includes('calls 14 → 12'))).toContain('\u001b[32m');
  });

  it('shows ratios to the peer where the runs were different ones', () => {
    const text = renderComparison(compareResults(fleetHistory().at(-1)!, now), plain, undefined);
    expect(text).toMatch(/^start-up\/list-1000\/azfleet +1\.\d\d × +1\.\d\d × +1\.\d\d ×/m);
    expect(text).toMatch(/^vm-list\/status-expired-10\/azfleet +\d+ ms +\d+ ms +not compared$/m);
    expect(text).toContain('Not compared (no peer was measured along): ');
    expect(text).toContain('never the times');
  });

  it('tells what is only in one of them, what is incomplete, and where the conditions were different', () => {
    const { base, now } = oneRun(start, [start[0]!], {
      complete: false,
      environment: { ...fleetRun().now.environment, node: 'v25.0.0' },
    });
    const text = renderComparison(compareResults(base, now), plain, undefined);
    expect(text).toContain('\nOnly in base: start-up/list/node-e-0.\n');
    expect(text).toContain('\nnew is incomplete');
    expect(text).toContain('\nDifferent node: v24.21.0 in base, v25.0.0 in new.\n');
  });

  it('says so where nothing is in both', () => {
    const { base, now } = oneRun([start[0]!], [start[1]!]);
    expect(renderComparison(compareResults(base, now), plain, undefined)).toContain('No benchmark is in both.');
  });

  it('makes controls in foreign text visible', () => {
    const { base, now } = oneRun(start, startWith({}), { build: { name: 'x\u001b]0;y\u0007', commit: null } });
    const text = renderComparison(compareResults(base, now), plain, undefined);
    expect(text.split('\n')[0]).toBe('x\\e]0;y\\u{7} against base a81d03b');
  });
});
