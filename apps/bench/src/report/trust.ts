import type { Comparison } from '../compare/compare.ts';
import type { ResultFile } from '../result/result.ts';
import { count, percent, plural } from './format.ts';
import type { BenchmarkView, TrustStatement } from './view.ts';

export interface TrustQuestion {
  readonly now: ResultFile;
  readonly base: ResultFile | undefined;
  readonly comparison: Comparison | undefined;
  readonly benchmarks: readonly BenchmarkView[];
  readonly running: boolean;
}

/** Why the figures can be trusted, and where they cannot: what speaks against it comes first. */
export function trustOf(question: TrustQuestion): readonly TrustStatement[] {
  const statements = [
    ...(question.running ? [note('The run goes on: more comes in, and intervals change with each benchmark.')] : []),
    ...unfinished(question),
    ...notMeasured(question),
    ...differentConditions(question),
    ...order(question),
    ...notCompared(question),
    ...detectable(question),
    ...corrected(question),
    ...missingPeers(question),
    ...uncommitted(question),
  ];
  const rank = { bad: 0, good: 1, note: 2 };
  return statements.toSorted((a, b) => rank[a.kind] - rank[b.kind]);
}

function unfinished({ now, base, running }: TrustQuestion): TrustStatement[] {
  const files = base === undefined ? [now] : [now, base];
  const outcomes = files.flatMap(({ suites }) => suites);
  const failed = outcomes
    .filter(({ status }) => status === 'failed')
    .map(({ suite, error }) => `${suite} failed${error === null ? '' : `: ${error}`}`);
  const interrupted = running
    ? []
    : [...new Set(outcomes.filter(({ status }) => status === 'interrupted').map(({ suite }) => suite))];
  return [
    ...[...new Set(failed)].map((text) => bad(`${text}.`)),
    ...(interrupted.length > 0
      ? [bad(`Interrupted in ${interrupted.join(', ')}: what came after it was not measured.`)]
      : !running && files.some(({ complete }) => !complete) && failed.length === 0
        ? [bad('The run is not complete: some of it was not measured.')]
        : []),
  ];
}

function notMeasured({ comparison, running }: TrustQuestion): TrustStatement[] {
  const gone = comparison?.onlyInBase ?? [];
  if (gone.length === 0 || running) return [];
  return [
    bad(
      `${plural(gone.length, 'benchmark')} of the base ${gone.length === 1 ? 'was' : 'were'} not measured: ${listed(gone)}.`,
    ),
  ];
}

/** Another machine or Node makes a comparison doubtful; other versions of packages may be what is compared. */
function differentConditions({ now, comparison }: TrustQuestion): TrustStatement[] {
  const isPackage = (what: string): boolean =>
    what in now.environment.versions || !(what in now.environment || what === 'memory');
  return (comparison?.environment ?? []).map(({ what, base, new: after }) => {
    const text = `Different ${what}: ${base ?? 'none'} for the base, ${after ?? 'none'} now.`;
    return isPackage(what) ? note(text) : bad(text);
  });
}

function order({ comparison, benchmarks, running }: TrustQuestion): TrustStatement[] {
  if (comparison === undefined && running) return [];
  if (comparison === undefined) {
    return [
      note(
        'Nothing to compare with: measure two builds in turn with `run --base DIR`, or name an earlier file with `--base FILE`.',
      ),
    ];
  }
  if (comparison.sideBySide) {
    return [good('The two builds took turns, round by round: what the machine did meanwhile hit both.')];
  }
  return [
    note(
      `The base is of another run. Compared are ratios to peers that were measured along (${count(comparison.comparisons)} of ${plural(benchmarks.length, 'benchmark')}), never bare times.`,
    ),
  ];
}

function notCompared({ comparison, running }: TrustQuestion): TrustStatement[] {
  if (comparison === undefined || running) return [];
  const reasons = new Set(comparison.benchmarks.map((one) => one.notCompared).filter((reason) => reason !== null));
  return [...reasons].map((reason) => {
    const those = comparison.benchmarks.filter((one) => one.notCompared === reason).map(({ benchmark }) => benchmark);
    return note(`Not compared, ${reason}: ${listed(those)}.`);
  });
}

function detectable({ now, benchmarks, running }: TrustQuestion): TrustStatement[] {
  const known = benchmarks
    .map(({ detectableChange }) => detectableChange)
    .filter((share) => share !== null)
    .toSorted((a, b) => a - b);
  // What was not measured to its end does not tell.
  if (known.length === 0 && (running || !now.complete || benchmarks.length === 0)) return [];
  if (known.length === 0) return [bad('Too few rounds to tell how small a change would be found.')];
  const middle = known[Math.floor((known.length - 1) / 2)]!;
  const found = known.filter((share) => share <= TRUSTED_CHANGE).length;
  const text =
    benchmarks.length === 1
      ? `A change of ${percent(middle)} or more would be found.`
      : `A change of ${percent(TRUSTED_CHANGE)} would be found in ${found === benchmarks.length ? 'every benchmark' : `${count(found)} of ${plural(benchmarks.length, 'benchmark')}`}, one of ${percent(middle)} in half of them.`;
  return [middle <= TRUSTED_CHANGE ? good(text) : bad(text)];
}

/** Worse than this in the middle, a report says little. */
const TRUSTED_CHANGE = 0.1;

function corrected({ comparison }: TrustQuestion): TrustStatement[] {
  if (comparison === undefined || comparison.comparisons < 2) return [];
  const { comparisons, confidence } = comparison;
  return [
    good(
      `The intervals hold for all ${count(comparisons)} comparisons together, at ${percent(confidence)}: of ${Math.round(1 / (1 - confidence))} such reports, one has a false alarm.`,
    ),
  ];
}

function missingPeers({ now }: TrustQuestion): TrustStatement[] {
  if (now.missing.length === 0) return [];
  const peers = now.missing.map(({ benchmark, reason }) => `${benchmark.split('/').at(-1)} (${reason})`);
  return [note(`Not there to be measured along: ${listed([...new Set(peers)])}.`)];
}

function uncommitted({ now, base }: TrustQuestion): TrustStatement[] {
  const changed = [now, ...(base === undefined ? [] : [base])].filter(({ build }) => build.commit?.endsWith('+'));
  return changed.map(({ build }) => note(`${build.name} has changes that are not committed.`));
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 4).join(', ');
  return names.length > 4 ? `${shown} and ${count(names.length - 4)} more` : shown;
}

function good(text: string): TrustStatement {
  return { kind: 'good', text };
}

function note(text: string): TrustStatement {
  return { kind: 'note', text };
}

function bad(text: string): TrustStatement {
  return { kind: 'bad', text };
}
