/** What one repetition cost. What a side cannot tell is left out, and shown as unknown. */
export interface Measured {
  readonly seconds: number;
  readonly peakMemoryMb?: number;
  /** User and system time, all processes of the repetition together. */
  readonly cpuSeconds?: number;
  readonly counts?: Counts;
}

/** What is counted, not timed: the same on every machine, and gated exactly. */
export interface Counts {
  /** Requests to Azure. */
  readonly calls?: number;
  /** SSH hand-shakes. */
  readonly handshakes?: number;
  readonly cacheHits?: number;
  readonly cacheMisses?: number;
}

interface SideCommon {
  /** One word, as it stands in the benchmark's name: `azfleet`, `node-e-0`, `cacache`. */
  readonly name: string;
}

/** One call of a function, timed by tinybench in short rounds that alternate with those of the other sides. */
export interface OperationSide extends SideCommon {
  operation(): unknown;
  /** Before each round, not timed. */
  beforeRound?(): unknown;
  /** What all calls together have counted since it was last asked. */
  takeCounts?(): Counts;
}

/** A whole repetition that measures itself, such as a process from its start to its end. Takes turns with the other sides. */
export interface WholeSide extends SideCommon {
  whole(): Promise<Measured>;
}

/** A peer that is not here: named as missing in the results. */
export interface MissingSide extends SideCommon {
  /** Why, and how to get it: `not installed (Debian: clustershell)`. */
  readonly missing: string;
}

export type Side = OperationSide | WholeSide | MissingSide;

/** Sides that do the same thing under the same conditions, measured in turn. */
export interface Comparison {
  /** One word: `get-1000`, `cold-50ms-10`. The benchmark is called `SUITE/COMPARISON/SIDE`. */
  readonly name: string;
  /** The side that is the measure of the others: their ratios are against it. @default none */
  readonly against?: string;
  readonly sides: readonly Side[];
  /** Repetitions of whole sides; rounds of operations. @default 30 */
  readonly rounds?: number;
  /**
   * In how many processes, one after another, the rounds are measured: the suite is opened anew in each. Every process has
   * its own speed, which many rounds in one of them cannot tell from a change. @default 5 with operations, otherwise 1
   */
  readonly launches?: number;
}

/** What a suite is given. */
export interface SuiteContext {
  /** Against the user's own context, reading only. */
  readonly live: boolean;
  readonly signal: AbortSignal;
  /** A folder of its own, 0700, removed at the end. */
  readonly directory: string;
  /** Loads an npm package that may not be installed. */
  peer(name: string): Promise<unknown>;
}

export interface OpenSuite {
  /** Opened, measured and closed one after another, so that each may start its own simulator. */
  readonly comparisons: readonly (Comparison | (() => Promise<OpenComparison>))[];
  close?(): Promise<void>;
}

/** A comparison that has something to close. */
export interface OpenComparison extends Comparison {
  close?(): Promise<void>;
}

/** What a suite's file, `NAME.bench.ts`, exports as its default. */
export interface Suite {
  /** One line, for the list of suites. */
  readonly about: string;
  /** Whether it only reads, and may be run with `--live`. @default false */
  readonly live?: boolean;
  open(context: SuiteContext): OpenSuite | Promise<OpenSuite>;
}

/** Says that this is a suite; helps editors. */
export function suite(definition: Suite): Suite {
  return definition;
}
