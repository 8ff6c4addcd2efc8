import { change, count, interval, percent, plural, time, times } from './format.ts';
import type { BenchmarkView, ChangeView, CountChange, ReportView } from './view.ts';
import { sideOf } from './figures/figure.ts';

/** The group of the list that a benchmark stands in, in the order of the list. */
export const GROUPS = ['slower', 'counts worse', 'faster', 'counts better', 'no difference', 'not compared'] as const;
export type Group = (typeof GROUPS)[number];

export const GROUP_TITLES: Readonly<Record<Group, string>> = {
  slower: 'Slower',
  'counts worse': 'More calls or misses',
  faster: 'Faster',
  'counts better': 'Fewer calls or misses',
  'no difference': 'No difference',
  'not compared': 'Not compared',
};

export function groupOf({ change, counts }: BenchmarkView): Group {
  if (change?.verdict === 'slower') return 'slower';
  if (counts.some(({ change }) => change === 'worse')) return 'counts worse';
  if (change?.verdict === 'faster') return 'faster';
  if (counts.some(({ change }) => change === 'better')) return 'counts better';
  return change === null ? 'not compared' : 'no difference';
}

/** What came of a benchmark, in one sentence: the first thing to read about it. */
export function verdictOf(report: ReportView, benchmark: BenchmarkView): string {
  return [timeVerdict(report, benchmark), ...benchmark.counts.map(countWords)].join(' ');
}

function timeVerdict({ base }: ReportView, benchmark: BenchmarkView): string {
  const { change: made, before, notCompared, ratio, against, now } = benchmark;
  if (made !== null) {
    const figures = changeWords(made, base?.name ?? 'base');
    if (made.verdict === 'no difference') return `No difference: ${figures}.`;
    return `${made.verdict === 'faster' ? 'Faster' : 'Slower'} by ${change(made.ratio).replace(/^[+−]/, '')}: ${figures}.`;
  }
  if (base !== null && before === null) return 'New: the base has no such benchmark.';
  if (notCompared !== null) return `Not compared: ${notCompared}.`;
  if (ratio !== null && against !== null)
    return `${times(ratio.ratio)} the time of ${sideOf(against)}, ${interval(ratio)}.`;
  return `${time(now.stats.median)}.`;
}

function changeWords(made: ChangeView, base: string): string {
  if (made.peer === null) return `${times(made.ratio)} the time of ${base}, ${interval(made)}`;
  const { against, before, now } = made.peer;
  return `${times(now)} ${sideOf(against)}, in ${base} ${times(before)}; that is ${times(made.ratio)}, ${interval(made)}`;
}

/** `calls 4 → 12` */
export function countChange({ count: name, before, now }: CountChange): string {
  const text = (value: number | null): string => {
    if (value === null) return 'not counted';
    return name === 'hit ratio' ? percent(value) : count(value);
  };
  return `${name} ${text(before)} → ${text(now)}`;
}

function countWords(made: CountChange): string {
  const text = countChange(made);
  return `${text[0]!.toUpperCase()}${text.slice(1)}${made.change === 'worse' ? ', which is worse' : ''}.`;
}

/** What a comparison with another such run would have found. */
export function detectableWords({ running, subject }: ReportView, { detectableChange, now }: BenchmarkView): string {
  const rounds = plural(now.rounds.length, 'round');
  if (detectableChange !== null && detectableChange > 1)
    return `Only a change of more than 100 % would be found, from ${rounds}.`;
  if (detectableChange !== null)
    return `A change of ${percent(detectableChange)} or more would be found, from ${rounds}.`;
  return running || !subject.complete
    ? `${rounds} so far; how small a change would be found is told at the end of a run.`
    : `${rounds}: too few to tell how small a change would be found.`;
}

/** Whether every word that was typed is in the benchmark's name or in what came of it. */
export function matches(benchmark: BenchmarkView, typed: string): boolean {
  const text = `${benchmark.benchmark} ${groupOf(benchmark)}`.toLowerCase();
  return typed
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
