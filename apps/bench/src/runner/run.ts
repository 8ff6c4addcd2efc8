import { randomUUID } from 'node:crypto';
import type { ResultFile } from '../result/result.ts';
import { BuildRecord, type RunFacts } from './build-record.ts';
import { environmentFacts } from './environment.ts';
import type { RunObserver, RunPlan } from './plan.ts';
import { runSuite } from './run-suite.ts';

/** One run of suites on one build or two. */
export class Run {
  readonly #plan: RunPlan;
  readonly #observer: RunObserver;
  readonly #records: readonly BuildRecord[];
  readonly #facts: Omit<RunFacts, 'finishedAt'>;
  #state: 'under way' | 'interrupted' | 'ended' = 'under way';

  constructor(plan: RunPlan, observer: RunObserver) {
    this.#plan = plan;
    this.#observer = observer;
    this.#records = plan.builds.map(({ build }) => new BuildRecord(build));
    this.#facts = { run: randomUUID(), startedAt: new Date().toISOString(), environment: environmentFacts() };
  }

  /** Measures suite after suite, each in processes of its own. What fails is in the files. */
  async measure(): Promise<void> {
    for (const suite of this.#plan.suites) {
      if (!this.#plan.signal.aborted) await runSuite(suite, this.#plan, this.#records, this.#observer);
    }
    this.#state = this.#plan.signal.aborted ? 'interrupted' : 'ended';
  }

  /** What there is so far, a file for each build, in the order of the plan. */
  files(): ResultFile[] {
    const facts = { ...this.#facts, finishedAt: new Date().toISOString() };
    return this.#records.map((record) => record.toFile(facts, this.#state));
  }
}
