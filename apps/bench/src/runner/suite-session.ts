import { pathToFileURL } from 'node:url';
import { observation } from '../suite/observation.ts';
import type { OpenComparison, OpenSuite, OperationSide, Suite, WholeSide } from '../suite/suite.ts';
import { checkComparison, checkedSuite, kindOf, type SideKind } from './check-comparison.ts';
import type { ProbeMeasure, RoundMeasure } from './measure.ts';
import { measureOperation, measureWhole, type OperationPlan, planOperation, probeWhole } from './measure-side.ts';
import { loadPeer } from './peers.ts';
import { versionsAround } from './versions.ts';

export interface SuiteFacts {
  readonly about: string;
  readonly live: boolean;
}

export interface ComparisonFacts {
  readonly name: string;
  readonly against: string | null;
  readonly rounds: number;
  readonly launches: number;
  readonly sides: readonly SideFacts[];
}

interface SideFacts {
  readonly name: string;
  readonly kind: SideKind;
  /** Why it is missing. */
  readonly reason: string | null;
}

const DEFAULT_ROUNDS = 30;
/**
 * A process is faster or slower than the next for as long as it lives, by some percents: where its memory lies, what the
 * compiler has found out first. Only several processes tell that from a change (Kalibera & Jones, "Rigorous benchmarking in
 * reasonable time", ISMM 2013). Whole sides that start processes have that by themselves.
 */
const DEFAULT_LAUNCHES = 5;
const WARM_UP_ROUNDS = 2;

/** One suite in its own process: opened, asked for rounds, closed. The runner decides whose turn it is. */
export class SuiteSession {
  readonly #file: string;
  readonly #abort = new AbortController();
  readonly #peers = new Map<string, string>();
  readonly #plans = new Map<string, OperationPlan>();
  #suite: Suite | undefined;
  #open: OpenSuite | undefined;
  #comparison: OpenComparison | undefined;

  constructor(file: string) {
    this.#file = file;
  }

  /** Loads the file. */
  async describe(): Promise<SuiteFacts> {
    const loaded = (await import(pathToFileURL(this.#file).href)) as { default?: unknown };
    this.#suite = checkedSuite(loaded.default);
    return { about: this.#suite.about, live: this.#suite.live === true };
  }

  /** Tells how many comparisons there are. */
  async open({ live, directory }: { live: boolean; directory: string }): Promise<number> {
    this.#open = await this.#suite!.open({
      live,
      directory,
      signal: this.#abort.signal,
      peer: (name) => loadPeer(name, this.#file, this.#peers),
    });
    return this.#open.comparisons.length;
  }

  async openComparison(index: number): Promise<ComparisonFacts> {
    const entry = this.#open!.comparisons[index]!;
    const comparison = typeof entry === 'function' ? await entry() : entry;
    // Before the check, so that it is closed also where it fails.
    this.#comparison = comparison;
    this.#plans.clear();
    checkComparison(comparison);
    return {
      name: comparison.name,
      against: comparison.against ?? null,
      rounds: comparison.rounds ?? DEFAULT_ROUNDS,
      launches:
        comparison.launches ?? (comparison.sides.some((side) => kindOf(side) === 'operation') ? DEFAULT_LAUNCHES : 1),
      sides: comparison.sides.map((side) => ({
        name: side.name,
        kind: kindOf(side)!,
        reason: 'missing' in side ? side.missing : null,
      })),
    };
  }

  /** Rounds that do not count, at most as many as are measured. Tells whether the side starts processes. */
  async warmUp(side: number, rounds: number): Promise<{ startsProcesses: boolean }> {
    const observed = observation();
    observed.processes = 0;
    const measured = this.#side(side);
    if ('operation' in measured) this.#plans.set(measured.name, await planOperation(measured));
    for (let round = 0; round < Math.min(rounds, WARM_UP_ROUNDS); round += 1) await this.round(side);
    return { startsProcesses: 'whole' in measured && observed.processes > 0 };
  }

  async round(side: number): Promise<RoundMeasure> {
    const measured = this.#side(side);
    if ('whole' in measured) return await measureWhole(measured);
    return await measureOperation(measured, this.#plans.get(measured.name)!);
  }

  async probe(side: number): Promise<ProbeMeasure> {
    return await probeWhole(this.#side(side) as WholeSide);
  }

  /** One repetition whose processes leave profiles. */
  async profile(side: number, directory: string, name: string, cpu: boolean, heap: boolean): Promise<true> {
    const observed = observation();
    observed.processes = 0;
    observed.profile = { directory, name, cpu, heap };
    try {
      await (this.#side(side) as WholeSide).whole();
      return true;
    } finally {
      observed.profile = undefined;
    }
  }

  async closeComparison(): Promise<void> {
    const comparison = this.#comparison;
    this.#comparison = undefined;
    await comparison?.close?.();
  }

  /** Closes what is open. Idempotent. */
  async close(): Promise<void> {
    const open = this.#open;
    this.#open = undefined;
    try {
      await this.closeComparison();
    } finally {
      await open?.close?.();
    }
  }

  /** Tells the suite to stop what it does. */
  abort(): void {
    this.#abort.abort();
  }

  /** Of what the suite could import, and of the peers that it asked for. */
  versions(): Readonly<Record<string, string>> {
    return { ...versionsAround(this.#file), ...Object.fromEntries(this.#peers) };
  }

  #side(index: number): OperationSide | WholeSide {
    return this.#comparison!.sides[index] as OperationSide | WholeSide;
  }
}
