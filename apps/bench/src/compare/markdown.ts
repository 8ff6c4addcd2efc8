import type { BenchmarkComparison } from './compare-benchmarks.ts';
import type { Comparison } from './compare.ts';
import {
  buildWords,
  countWords,
  detectableWords,
  figures,
  intervalWords,
  ratioWords,
  remarks,
  summary,
  verdictWords,
} from './words.ts';
import { outcomeOf } from './worst-first.ts';

/** By which a comment of azfleet-bench is found again, to be updated. */
export const MARKER = '<!-- azfleet-bench -->';

/** A comparison for a pull request: what changed, then everything else folded away. */
export function comparisonMarkdown(comparison: Comparison): string {
  const { benchmarks, base, new: now } = comparison;
  const changed = benchmarks.filter((one) => ['worse', 'better'].includes(outcomeOf(one)));
  const others = benchmarks.filter((one) => !changed.includes(one));
  const parts = [
    MARKER,
    `### Benchmarks: ${summary(comparison)}`,
    `${code(buildWords(now))} against ${code(buildWords(base))}`,
    changed.length === 0 ? undefined : table(changed),
    others.length === 0 ? undefined : folded(`${others.length} without a difference, or not compared`, table(others)),
    folded(
      'How this was measured',
      remarks(comparison)
        .map((line) => `- ${escaped(line)}`)
        .join('\n'),
    ),
  ];
  return `${parts.filter((part) => part !== undefined).join('\n\n')}\n`;
}

function table(benchmarks: readonly BenchmarkComparison[]): string {
  const rows = benchmarks.map((one) => {
    const { base, new: now } = figures(one);
    const verdict = one.time?.verdict === 'slower' ? '**slower**' : verdictWords(one);
    const interval = one.time === null ? '' : `${ratioWords(one)} [${intervalWords(one)}]`;
    return [
      code(one.benchmark),
      verdict,
      base,
      now,
      interval,
      detectableWords(one),
      one.counts.some(({ change }) => change === 'worse') ? `**${countWords(one)}**` : countWords(one),
    ];
  });
  const head = ['benchmark', 'verdict', 'base', 'new', 'ratio', 'detects', 'counts'];
  return [line(head), line(['---', '---', '--:', '--:', '--:', '--:', '---']), ...rows.map(line)].join('\n');
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

function folded(title: string, content: string): string {
  return `<details><summary>${title}</summary>\n\n${content}\n\n</details>`;
}

/** Text from outside (names, commits, models of CPUs) means nothing in Markdown, and starts no line. */
function escaped(text: string): string {
  return text.replace(/[\s\p{Cc}]+/gu, ' ').replace(/[\\`*_{}[\]<>()#+!|~@&]/g, (mark) => `&#${mark.codePointAt(0)!};`);
}

function code(text: string): string {
  return `<code>${escaped(text)}</code>`;
}
