import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SuiteFile } from '../suite/find-suites.ts';
import type { BuildRecord } from './build-record.ts';
import { ComparisonRun } from './comparison-run.ts';
import { Lane } from './lane.ts';
import type { RunObserver, RunPlan } from './plan.ts';

/**
 * Measures one suite on all builds, each in a process of its own; in several launches as long as a comparison needs them.
 * Never rejects: what fails is in the records.
 */
export async function runSuite(
  suite: SuiteFile,
  plan: RunPlan,
  records: readonly BuildRecord[],
  observer: RunObserver,
): Promise<void> {
  const run = new SuiteRun(suite, plan, records, observer);
  for (let launch = 0; launch < run.launches && !plan.signal.aborted; launch += 1) await run.launch(launch);
  for (const record of records) {
    const error = run.failures.get(record) ?? null;
    const whole = plan.signal.aborted ? 'interrupted' : 'done';
    record.suites.push({ suite: suite.name, status: error === null ? whole : 'failed', error });
  }
}

class SuiteRun {
  /** The first thing that went wrong with each build. */
  readonly failures = new Map<BuildRecord, string>();
  readonly #suite: SuiteFile;
  readonly #plan: RunPlan;
  readonly #records: readonly BuildRecord[];
  readonly #observer: RunObserver;
  /** Known after the first launch. */
  #comparisons: readonly ComparisonRun[] | undefined;

  constructor(suite: SuiteFile, plan: RunPlan, records: readonly BuildRecord[], observer: RunObserver) {
    this.#suite = suite;
    this.#plan = plan;
    this.#records = records;
    this.#observer = observer;
  }

  get launches(): number {
    return Math.max(...(this.#comparisons?.map(({ launches }) => launches) ?? [1]));
  }

  async launch(launch: number): Promise<void> {
    const directory = mkdtempSync(join(tmpdir(), 'azfleet-bench-'));
    const lanes = this.#plan.builds.map((_, index) => this.#lane(index, directory));
    try {
      await this.#measure(lanes, launch);
    } finally {
      for (const lane of lanes) await lane.close();
      rmSync(directory, { recursive: true, force: true, maxRetries: 3 });
    }
  }

  #lane(index: number, directory: string): Lane {
    const [build, record] = [this.#plan.builds[index]!, this.#records[index]!];
    const own = join(directory, build.build.name);
    mkdirSync(own, { mode: 0o700 });
    return new Lane({
      suite: this.#suite,
      build,
      record,
      plan: this.#plan,
      directory: own,
      onLine: (line) => this.#observer.note(line),
      onFailure: (called, reason) => {
        if (!this.failures.has(record)) this.#observer.note(`${called} failed: ${reason}`);
        if (!this.failures.has(record)) this.failures.set(record, reason);
      },
    });
  }

  async #measure(lanes: readonly Lane[], launch: number): Promise<void> {
    const opened: Lane[] = [];
    for (const lane of lanes) {
      const count = await lane.open();
      if (count === undefined) continue;
      opened.push(lane);
      if (lane === lanes[0]) this.#comparisons ??= this.#comparisonsOf(count);
    }
    for (const comparison of this.#comparisons ?? []) {
      if (this.#plan.signal.aborted) return;
      if (launch > 0 && launch >= comparison.launches) continue;
      await comparison.measure(opened, launch);
      if (launch + 1 === comparison.launches) this.#tell(comparison);
    }
  }

  #comparisonsOf(count: number): ComparisonRun[] {
    const shares = Array.from({ length: count }, () => 0);
    return shares.map(
      (_, index) =>
        new ComparisonRun({
          suite: this.#suite.name,
          index,
          plan: this.#plan,
          records: this.#records,
          onRound: (comparison, share) => {
            shares[index] = share;
            return this.#progress(comparison, shares);
          },
        }),
    );
  }

  /** Nobody knows how long another comparison or suite will take: they count alike. */
  #progress(comparison: string, shares: readonly number[]): void | Promise<void> {
    const ofSuite = shares.reduce((sum, share) => sum + share, 0) / shares.length;
    const place = this.#plan.suites.indexOf(this.#suite);
    return this.#observer.progress(`${this.#suite.name}/${comparison}`, (place + ofSuite) / this.#plan.suites.length);
  }

  #tell({ summary: { name, rounds, seconds } }: ComparisonRun): void {
    this.#observer.measured(`${this.#suite.name}/${name}`, rounds, seconds);
  }
}
