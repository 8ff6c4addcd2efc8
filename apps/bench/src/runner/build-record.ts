import type { Build, Environment, ResultFile, SuiteOutcome } from '../result/result.ts';
import { benchmarkResults, type SideRecord } from './benchmark-result.ts';

/** What is common to the files of one run. */
export interface RunFacts {
  readonly run: string;
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly environment: Environment;
}

/** All that is known of one build so far. */
export class BuildRecord {
  readonly build: Build;
  readonly suites: SuiteOutcome[] = [];
  readonly sides = new Set<SideRecord>();
  readonly missing: { readonly benchmark: string; readonly reason: string }[] = [];
  #versions: Readonly<Record<string, string>> = {};

  constructor(build: Build) {
    this.build = build;
  }

  noteVersions(versions: Readonly<Record<string, string>>): void {
    this.#versions = { ...this.#versions, ...versions };
  }

  /** As a file: of a run that goes on, that was interrupted, or that has come to its end. */
  toFile({ environment, ...facts }: RunFacts, state: 'under way' | 'interrupted' | 'ended'): ResultFile {
    return {
      schemaVersion: 1,
      run: facts.run,
      build: this.build,
      startedAt: facts.startedAt,
      finishedAt: facts.finishedAt,
      complete: state === 'ended' && this.suites.every(({ status }) => status === 'done'),
      environment: { ...environment, versions: sorted({ ...this.#versions, ...environment.versions }) },
      suites: this.suites,
      benchmarks: benchmarkResults([...this.sides], state !== 'under way'),
      missing: this.missing,
    };
  }
}

function sorted(versions: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(versions).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
