import type { ConcurrencyState } from './concurrency.ts';
import type { RateState } from './rate.ts';

/** What is remembered of a lane: its width, its rate, its gate, and how long it takes to connect. */
export interface LaneState extends ConcurrencyState, RateState {
  /** Hand-shakes at once. */
  readonly handshakes?: number | undefined;
  /** The 99th percentile. */
  readonly connectMs?: number | undefined;
}

/** What an executor learned, for the next run: plain data, to be kept as JSON. */
export interface ExecutorState {
  readonly version: 1;
  readonly lanes: Readonly<Record<string, LaneState>>;
}

const NUMBERS = ['width', 'latencyMs', 'ratePerSecond', 'burst', 'handshakes', 'connectMs'] as const;
const FLAGS = ['isGrowing', 'quota'] as const;

/** What can be used of a state: it comes from a file, which may be of another version, or broken. */
export function readState(state: unknown): Map<string, LaneState> {
  const lanes = new Map<string, LaneState>();
  if (!isRecord(state) || state['version'] !== 1 || !isRecord(state['lanes'])) return lanes;
  for (const [name, lane] of Object.entries(state['lanes'])) {
    if (isRecord(lane)) lanes.set(name, readLane(lane));
  }
  return lanes;
}

function readLane(lane: Record<string, unknown>): LaneState {
  const numbers = NUMBERS.filter((name) => isPositive(lane[name])).map((name) => [name, lane[name]]);
  const flags = FLAGS.filter((name) => lane[name] === true).map((name) => [name, true]);
  return Object.fromEntries([...numbers, ...flags]) as LaneState;
}

function isPositive(value: unknown): boolean {
  return typeof value === 'number' && Number.isFinite(value) && value > 0;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
