import type { SideRecord } from './benchmark-result.ts';
import type { BuildRecord } from './build-record.ts';
import type { Lane } from './lane.ts';
import type { RunPlan } from './plan.ts';
import type { ComparisonFacts } from './suite-session.ts';

interface ComparisonRunOptions {
  readonly suite: string;
  /** The comparison's place in the suite. */
  readonly index: number;
  readonly plan: RunPlan;
  /** Of all builds; the first is the new one, and without it nothing is measured. */
  readonly records: readonly BuildRecord[];
  /** Between rounds: `share` of the comparison is done. */
  readonly onRound: (comparison: string, share: number) => void | Promise<void>;
}

/** One side on one build, in the process of one launch. */
interface Turn {
  readonly lane: Lane;
  /** Its place in the suite's list of sides. */
  readonly side: number;
  readonly record: SideRecord;
  startsProcesses: boolean;
}

/** Repetitions for memory and CPU time, which differ little from each other. */
const PROBES = 5;

/**
 * Measures one comparison: round by round each side on each build takes its turn, in the reverse order every second
 * round, so that nobody always runs behind the same other. A build that fails leaves the comparison, with all its rounds:
 * nobody knows what they were worth.
 */
export class ComparisonRun {
  readonly #options: ComparisonRunOptions;
  readonly #taking: Set<BuildRecord>;
  readonly #records = new Map<BuildRecord, Map<string, SideRecord>>();
  /** What the new build says of it. */
  #facts: ComparisonFacts | undefined;
  #seconds = 0;

  constructor(options: ComparisonRunOptions) {
    this.#options = options;
    this.#taking = new Set(options.records);
  }

  /** In how many launches of the suite it is measured; 0 where it cannot be. Known after the first. */
  get launches(): number {
    return this.#goesOn() ? this.#launches : 0;
  }

  /** For who waits: its name, its rounds, and the time that it has taken. */
  get summary(): { readonly name: string; readonly rounds: number; readonly seconds: number } {
    return { name: this.#facts?.name ?? '', rounds: this.#rounds, seconds: this.#seconds };
  }

  /** Measures the share of one launch. A build that has no lane could not be launched. */
  async measure(lanes: readonly Lane[], launch: number): Promise<void> {
    const started = performance.now();
    const opened = new Map<Lane, ComparisonFacts>();
    for (const record of this.#taking) {
      const lane = lanes.find((lane) => lane.record === record);
      const facts = await lane?.ask('openComparison', this.#options.index);
      // Another comparison may be in its place where a build opens more or fewer.
      const [first = facts] = opened.values();
      if (facts === undefined || facts.name !== first?.name) this.#leave(record);
      else opened.set(lane!, facts);
    }
    if (this.#goesOn()) await this.#takeTurns(this.#turnsOf(opened, launch), launch);
    if (this.#interrupted) this.#evenOut(launch);
    for (const lane of lanes) if (lane.isAlive) await lane.ask('closeComparison');
    this.#seconds += (performance.now() - started) / 1000;
  }

  /** In the order of the new build's sides; what another build lacks is measured without it. */
  #turnsOf(opened: ReadonlyMap<Lane, ComparisonFacts>, launch: number): Turn[] {
    const [facts] = opened.values();
    this.#facts ??= facts!;
    const turns: Turn[] = [];
    for (const { name } of facts!.sides) {
      for (const [lane, { sides }] of opened) {
        const place = sides.findIndex((other) => other.name === name);
        const side = sides[place];
        if (side === undefined) continue;
        if (side.kind !== 'missing') {
          turns.push({ lane, side: place, record: this.#recordOf(lane.record, name), startsProcesses: false });
        } else if (launch === 0) {
          lane.record.missing.push({ benchmark: this.#benchmark(name), reason: side.reason ?? '' });
        }
      }
    }
    return turns;
  }

  #recordOf(build: BuildRecord, side: string): SideRecord {
    const records = this.#records.get(build) ?? new Map<string, SideRecord>();
    this.#records.set(build, records);
    const known = records.get(side);
    if (known !== undefined) return known;
    const { name: comparison, against } = this.#facts!;
    const record: SideRecord = {
      suite: this.#options.suite,
      comparison,
      side,
      against: against === null || against === side ? null : this.#benchmark(against),
      timestamp: new Date().toISOString(),
      launches: 1,
      rounds: [],
      probes: [],
    };
    records.set(side, record);
    build.sides.add(record);
    return record;
  }

  #benchmark(side: string): string {
    return `${this.#options.suite}/${this.#facts!.name}/${side}`;
  }

  async #takeTurns(turns: readonly Turn[], launch: number): Promise<void> {
    const [from, to] = [this.#firstRound(launch), this.#firstRound(launch + 1)];
    await this.#each(turns, 0, async (turn) => {
      const warm = await turn.lane.ask('warmUp', turn.side, to - from);
      turn.startsProcesses = warm?.startsProcesses === true;
      return warm;
    });
    for (const { record } of turns) record.launches = launch + 1;
    for (let round = from; round < to && this.#goesOn(); round += 1) {
      await this.#options.onRound(this.#facts!.name, round / this.#rounds);
      await this.#each(turns, round, async ({ lane, side, record }) => {
        const measured = await lane.ask('round', side);
        if (measured !== undefined) record.rounds.push(measured);
        return measured;
      });
    }
    if (launch === 0) await this.#observeProcesses(turns.filter(({ startsProcesses }) => startsProcesses));
  }

  /** In repetitions of their own, since what finds out about memory, and profiles, cost time. */
  async #observeProcesses(turns: readonly Turn[]): Promise<void> {
    for (let round = 0; round < Math.min(PROBES, this.#rounds) && this.#goesOn(); round += 1) {
      await this.#each(turns, round, async ({ lane, side, record }) => {
        const probe = await lane.ask('probe', side);
        if (probe !== undefined) record.probes.push(probe);
        return probe;
      });
    }
    if (this.#options.plan.profiles === undefined) return;
    await this.#each(turns, 0, ({ lane, side, record }) =>
      lane.profile(side, this.#benchmark(record.side).replaceAll('/', '.')),
    );
  }

  /** One after another; who gives no answer leaves. */
  async #each(turns: readonly Turn[], round: number, act: (turn: Turn) => Promise<unknown>): Promise<void> {
    for (const turn of round % 2 === 0 ? turns : turns.toReversed()) {
      if (!this.#goesOn()) return;
      if (this.#taking.has(turn.lane.record) && (await act(turn)) === undefined) this.#leave(turn.lane.record);
    }
  }

  /** Without the new build nothing is left to be compared with. */
  #leave(record: BuildRecord): void {
    if (this.#interrupted) return;
    for (const leaving of record === this.#options.records[0] ? this.#options.records : [record]) {
      this.#taking.delete(leaving);
      for (const side of this.#records.get(leaving)?.values() ?? []) leaving.sides.delete(side);
      this.#records.delete(leaving);
    }
  }

  /**
   * After Ctrl-C some have had a turn more than others, and index i must have been measured next to index i. A launch that
   * has begun is left out, but for the first: all launches are to have equal parts.
   */
  #evenOut(launch: number): void {
    const all = [...this.#records.values()].flatMap((records) => Array.from(records.values()));
    const measured = Math.min(...all.map(({ rounds }) => rounds.length));
    const isWhole = launch === 0 || measured >= this.#firstRound(launch + 1);
    for (const record of all) {
      record.rounds.length = isWhole ? measured : Math.min(measured, this.#firstRound(launch));
      record.launches = isWhole ? launch + 1 : launch;
    }
  }

  /** Of a launch: equal parts, and where that is not possible, nearly. */
  #firstRound(launch: number): number {
    return Math.floor((launch * this.#rounds) / this.#launches);
  }

  get #launches(): number {
    // A profile is of one process.
    return this.#options.plan.profiles === undefined ? Math.min(this.#facts?.launches ?? 0, this.#rounds) : 1;
  }

  get #rounds(): number {
    return this.#options.plan.rounds ?? this.#facts?.rounds ?? 0;
  }

  get #interrupted(): boolean {
    return this.#options.plan.signal.aborted;
  }

  #goesOn(): boolean {
    return !this.#interrupted && this.#taking.has(this.#options.records[0]!);
  }
}
