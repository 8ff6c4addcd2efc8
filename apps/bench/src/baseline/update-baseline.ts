import type { BenchmarkComparison } from '../compare/compare-benchmarks.ts';
import { countChange } from '../compare/words.ts';
import type { Baseline, BaselineFile } from './baseline-file.ts';
import { compareBaselines } from './compare-baselines.ts';

/** Runs that are looked back at. */
const HISTORY = 10;

/** A suite's baseline as the new run has it. What the run did not measure goes; the history stays. */
export function savedBaseline(previous: BaselineFile | undefined, measured: BaselineFile): BaselineFile {
  return { ...measured, history: [...measured.history, ...(previous?.history ?? [])].slice(0, HISTORY) };
}

/** A baseline after an update, and one line for each benchmark of which something was changed. */
export interface BaselineUpdate {
  readonly baseline: BaselineFile;
  readonly lines: readonly string[];
}

/**
 * A suite's baseline with what the new run shows to be different: counts that changed, ratios whose change the noise does
 * not explain, benchmarks that are new. Everything else stays as it is, so that the difference of the files is what has
 * changed; also what was not measured now, such as a peer that is not installed here.
 */
export function updatedBaseline(previous: BaselineFile, measured: BaselineFile): BaselineUpdate {
  const benchmarks: Record<string, Baseline> = { ...previous.benchmarks };
  const lines: string[] = [];
  const compared = new Map(
    compareBaselines([previous], [measured]).benchmarks.map((comparison) => [comparison.benchmark, comparison]),
  );
  for (const [benchmark, now] of Object.entries(measured.benchmarks)) {
    const before = previous.benchmarks[benchmark];
    const ratio = before === undefined ? 'new' : ratioChange(before, now, compared.get(benchmark)!);
    benchmarks[benchmark] = before === undefined || ratio !== undefined ? now : { ...now, ratio: before.ratio };
    const counts = (compared.get(benchmark)?.counts ?? []).filter(({ change }) => change !== 'equal').map(countChange);
    const words = [...counts, ...(ratio === undefined ? [] : [ratio])];
    if (words.length > 0) lines.push(`${benchmark}: ${words.join(', ')}`);
  }
  return { baseline: savedBaseline(previous, { ...measured, benchmarks }), lines };
}

/** In words; undefined where the former ratio still holds. */
function ratioChange(before: Baseline, now: Baseline, { time }: BenchmarkComparison): string | undefined {
  if (now.ratio === null) return undefined;
  const words = `${now.ratio.ratio.toFixed(2)} to ${now.ratio.against}`;
  if (before.ratio?.against !== now.ratio.against) return `ratio ${words}`;
  const isDifferent = time !== null && time.verdict !== 'no difference';
  return isDifferent ? `ratio ${before.ratio.ratio.toFixed(2)} → ${words}` : undefined;
}
