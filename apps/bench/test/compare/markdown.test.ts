import { describe, expect, it } from 'vitest';
import { compareResults } from '../../src/compare/compare.ts';
import { comparisonMarkdown, MARKER } from '../../src/compare/markdown.ts';
import { oneRun, start } from '../support/decide.ts';
import { fleetRun } from '../support/fleet-results.ts';

const { base, now } = fleetRun();
const markdown = comparisonMarkdown(compareResults(base, now));

describe('the Markdown of a comparison', () => {
  it('begins with the mark by which its comment is found again, and the summary', () => {
    expect(markdown.split('\n').slice(0, 3)).toEqual([
      MARKER,
      '',
      '### Benchmarks: 1 slower, 3 faster, 36 without a difference, counts worse in 1, counts better in 1',
    ]);
  });

  it('shows what changed, and folds away the rest', () => {
    const [open, folded] = markdown.split('<details>');
    expect(open!.match(/^\| <code>/gm)).toHaveLength(6);
    expect(open).toMatch(
      /\| <code>start-up\/list-1000\/azfleet<\/code> \| \*\*slower\*\* \| .* \| 1\.1\d × \[1\.\d\d – 1\.\d\d\] \|/,
    );
    expect(open).toContain('**calls 1 → 4, misses 1 → 4, hit ratio 75 % → 0 %**');
    expect(folded!.match(/^\| <code>/gm)).toHaveLength(34);
  });

  it('has tables whose rows are all as wide as their heads', () => {
    const widths = markdown
      .split('\n')
      .filter((line) => line.startsWith('|'))
      .map((line) => line.split('|').length);
    expect(new Set(widths)).toEqual(new Set([9]));
  });

  it('gives foreign text no meaning', () => {
    const foreign = oneRun(start, start, {
      build: { name: '<script>', commit: '`|@team\n# x' },
      environment: { ...now.environment, cpu: '[x](https://example.com) ![](y) </details>' },
    });
    const text = comparisonMarkdown(compareResults(foreign.base, foreign.now));
    expect(text).not.toMatch(/<script>|@team|^# x|\[x\]\(|!\[\]|[^>]<\/details>(?!\n)/m);
    expect(text).toContain('&#60;script&#62;');
  });

  it('leaves out what is empty', () => {
    const { base, now } = oneRun([start[0]!], [start[1]!]);
    expect(comparisonMarkdown(compareResults(base, now)).match(/<details>/g)).toHaveLength(1);
  });
});
