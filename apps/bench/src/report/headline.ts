import { count, plural } from './format.ts';
import type { BenchmarkView, Phrase } from './view.ts';

/** The answer in one sentence: `1 of 40 benchmarks is slower, 3 are faster.` */
export function headlineOf(
  benchmarks: readonly BenchmarkView[],
  { hasBase, running }: { readonly hasBase: boolean; readonly running: boolean },
): readonly Phrase[] {
  if (benchmarks.length === 0) return [plain(running ? 'Measuring …' : 'Nothing was measured.')];
  if (!hasBase) {
    const suites = new Set(benchmarks.map(({ suite }) => suite)).size;
    return [plain(`${plural(benchmarks.length, 'benchmark')} in ${plural(suites, 'suite')}.`)];
  }
  const compared = benchmarks.filter(({ change, counts }) => change !== null || counts.length > 0);
  if (compared.length === 0) return [plain('Nothing can be compared.')];
  const slower = compared.filter(({ change }) => change?.verdict === 'slower').length;
  const faster = compared.filter(({ change }) => change?.verdict === 'faster').length;
  const worse = compared.filter(({ counts }) => counts.some((one) => one.change === 'worse')).length;
  const clauses: Phrase[] = [];
  const add = (amount: number, tone: Phrase['tone'], one: string, many: string): void => {
    // The first clause says of how many.
    const all = clauses.length === 0 ? ` of ${plural(compared.length, 'benchmark')}` : '';
    if (amount > 0) clauses.push({ text: `${count(amount)}${all} ${amount === 1 ? one : many}`, tone });
  };
  add(slower, 'slower', 'is slower', 'are slower');
  add(worse, 'worse', 'makes more calls or misses', 'make more calls or misses');
  add(faster, 'faster', 'is faster', 'are faster');
  if (clauses.length === 0)
    return [
      plain(
        `No difference in ${compared.length === 1 ? 'the one benchmark' : `any of ${plural(compared.length, 'benchmark')}`}.`,
      ),
    ];
  if (slower === 0) clauses.push(plain('none is slower'));
  return clauses.flatMap((clause, index) => [clause, plain(index === clauses.length - 1 ? '.' : ', ')]);
}

function plain(text: string): Phrase {
  return { text, tone: 'plain' };
}
