import type { BenchmarkResult, ResultFile } from '../result/result.ts';
import { changeOf } from '../statistics/change.ts';
import { estimate } from '../statistics/estimate.ts';
import { logRatios } from '../statistics/log-ratios.ts';
import { median } from '../statistics/describe.ts';
import { counted, duration, durationRange, percent, threeDigits, times } from './figures.ts';
import type { Style } from './style.ts';
import { type Column, tableLines } from './table.ts';
import { visible } from './terminal-text.ts';

const COLUMNS: readonly Column[] = [
  { header: 'benchmark' },
  { header: 'median', align: 'right' },
  { header: 'middle half' },
  { header: 'ratio', align: 'right' },
  { header: '95 %' },
  { header: 'new/base', align: 'right' },
  { header: '95 %' },
  { header: 'memory', align: 'right' },
  { header: 'CPU', align: 'right' },
  { header: 'counts' },
  { header: 'detects', align: 'right' },
];

/** What was measured, for a person: the first file's benchmarks, and beside them those of base. */
export function runTable([result, base]: readonly ResultFile[], style: Style): string {
  if (result === undefined || (result.benchmarks.length === 0 && result.missing.length === 0)) return '';
  const rows: string[][] = [];
  for (const name of comparisonsOf(result)) {
    rows.push([style('bold', visible(name))]);
    for (const one of result.benchmarks) {
      if (comparisonOf(one.benchmark) === name) rows.push(cells(one, result, base, style));
    }
    for (const { benchmark, reason } of result.missing) {
      if (comparisonOf(benchmark) !== name) continue;
      rows.push([style('dim', `  ${visible(benchmark.split('/')[2]!)}: ${visible(reason)}`)]);
    }
  }
  const [header, ...lines] = tableLines(COLUMNS, rows);
  return `${style('dim', header!)}\n${lines.join('\n')}\n`;
}

function comparisonsOf({ benchmarks, missing }: ResultFile): string[] {
  return [...new Set([...benchmarks, ...missing].map(({ benchmark }) => comparisonOf(benchmark)))];
}

function comparisonOf(benchmark: string): string {
  return benchmark.slice(0, benchmark.lastIndexOf('/'));
}

function cells(one: BenchmarkResult, { benchmarks }: ResultFile, base: ResultFile | undefined, style: Style): string[] {
  const middle = median(one.rounds);
  const [low, high] = quartiles(one.rounds);
  const against = benchmarks.find(({ benchmark }) => benchmark === one.against);
  const before = base?.benchmarks.find(({ benchmark }) => benchmark === one.benchmark);
  const { peak_memory_mb: memory, cpu_percent: cpu } = one.resource_usage;
  return [
    `  ${one.side}`,
    duration(middle),
    style('dim', durationRange(low, high, middle)),
    ...ratioCells(one, against, style),
    ...ratioCells(one, before, style),
    memory === null ? '' : `${threeDigits(memory)} MB`,
    cpu === null ? '' : percent(cpu / 100),
    countsOf(one),
    one.detectable_change === null ? '' : style('dim', detects(one.detectable_change)),
  ];
}

function ratioCells(one: BenchmarkResult, other: BenchmarkResult | undefined, style: Style): [string, string] {
  if (other === undefined) return ['', ''];
  const ratios = logRatios(one.rounds, other.rounds, one.launches);
  const estimated = estimate(ratios);
  if (estimated === undefined) return [ratios.length === 0 ? '' : times(Math.exp(median(ratios.flat()))), ''];
  const { ratio, low, high } = changeOf(estimated, 1);
  return [times(ratio), style('dim', `${threeDigits(low)}–${threeDigits(high)}`)];
}

function countsOf({ calls, handshakes, cache_stats: cache }: BenchmarkResult): string {
  return [
    ...(calls === null ? [] : [counted(calls, 'call')]),
    ...(handshakes === null ? [] : [counted(handshakes, 'hand-shake')]),
    ...(cache === null ? [] : [`${percent(cache.hit_ratio)} hits`]),
  ].join(', ');
}

function quartiles(values: readonly number[]): [number, number] {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.round((sorted.length - 1) * share)]!;
  return [at(0.25), at(0.75)];
}

/** Beyond a factor of two the figure says no more than that there were too few rounds, or too much else was going on. */
function detects(change: number): string {
  return change > 1 ? '> 100 %' : `±${percent(change)}`;
}
