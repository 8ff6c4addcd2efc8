import { type Round, Rounds } from './rounds.ts';

const START_AT = 64;
const QUEUEING_FROM = 2.5;
const CALM_BELOW = 1.3;
const CALM_ROUNDS = 3;
// Fewer are the business of single hosts, not of something that all share.
const REFUSED_SHARE = 0.2;
const REFUSALS_AT_LEAST = 5;
const FORGETTING = 1.002;
const TRIES_IN_VAIN = 2;

/** What a lane's width was found from, to start with the next time. */
export interface ConcurrencyState {
  readonly width?: number | undefined;
  /** What an answer takes where none waits for another. */
  readonly latencyMs?: number | undefined;
  /** No limit was met at that width. */
  readonly isGrowing?: boolean | undefined;
}

/** What one round showed. */
interface Measure {
  readonly width: number;
  readonly throughput: number;
  readonly medianMs: number;
}

/**
 * How many tasks of a lane are under way at once.
 *
 * Slow start: every answer that finds the width used up doubles it, until there is a sign of a limit. Then, round by
 * round: where the median latency is 2.5 times the least ever seen, tasks wait for each other, and the width goes down to
 * twice what throughput × latency (Little's law) says is enough; where it is near the least, the width goes up by its
 * root, and by half after some such rounds. A decrease that only cost throughput is undone. Time-outs and errors of the
 * tasks themselves change nothing.
 */
export class ConcurrencyControl {
  readonly #rounds = new Rounds();
  #bound: number;
  #width: number;
  #isSlowStart: boolean;
  /** The least median of a round, slowly forgotten. */
  #leastMs: number | undefined;
  #best: Measure | undefined;
  #calmRounds = 0;
  /** The round before the last decrease, while what that did is not known. */
  #shrunkFrom: Measure | undefined;
  #triesInVain = 0;
  #widthBeforeTries = 0;
  #sent = 0;
  /** Tasks up to this one were sent before the last decrease, and say nothing about what that did. */
  #decreasedAfter = 0;
  /** Tasks up to this one were sent before slow start was found to have gone too far. */
  #overshotUntil = 0;
  /** Since the last round was judged. */
  #answers = 0;
  #refusals = 0;
  #since = 0;

  constructor(bound: number, state: ConcurrencyState = {}) {
    this.#bound = bound;
    this.#width = Math.min(bound, state.width ?? START_AT);
    this.#isSlowStart = state.width === undefined || state.isGrowing === true;
    this.#leastMs = state.latencyMs;
  }

  get width(): number {
    return Math.max(1, Math.floor(this.#width));
  }

  set bound(bound: number) {
    this.#bound = bound;
    this.#width = Math.min(this.#width, bound);
  }

  /**
   * The width to remember is the one that was in use when the most was done in a given time, not today's last. A small one
   * that was not looked at, since there were too few tasks, may grow the next time: it would stay small for ever.
   */
  get state(): ConcurrencyState {
    const isGrowing = this.#isSlowStart || (this.#best === undefined && this.#width < START_AT);
    const width = this.#isSlowStart ? this.width : Math.max(1, Math.floor(this.#best?.width ?? this.#width));
    return {
      width,
      ...(this.#leastMs === undefined ? {} : { latencyMs: this.#leastMs }),
      ...(isGrowing ? { isGrowing: true } : {}),
    };
  }

  started(): Round {
    this.#sent += 1;
    return this.#rounds.join(this.#sent, this.width);
  }

  /** @param mayGrow more tasks wait for a slot, and this process has time for them */
  answered(round: Round, latencyMs: number, now: number, mayGrow: boolean): void {
    this.#answers += 1;
    round.answered(latencyMs);
    if (this.#isSlowStart && mayGrow) this.#grow(this.#width);
    this.#look(round, now, mayGrow);
  }

  /** It ended without an answer that says anything about the lane: it failed by itself, or its time was up. */
  left(round: Round, now: number): void {
    round.left();
    this.#look(round, now, false);
  }

  /**
   * The server, or something on the way to it, was too busy.
   *
   * @param inFlight the tasks still under way, this one not counted
   */
  refused(round: Round, inFlight: number, now: number): void {
    round.left();
    this.#refusals += 1;
    // Refusals come sooner than answers: those still under way count as well.
    const share = this.#refusals / (this.#refusals + this.#answers + inFlight);
    if (this.#isSlowStart && this.#refusals >= REFUSALS_AT_LEAST && share > REFUSED_SHARE) {
      this.#isSlowStart = false;
      this.#overshotUntil = this.#sent;
      this.#decreasedAfter = this.#sent;
    }
    // Slow start went too far by all those that are now being refused: what is left in flight is what fits.
    if (round.startedAfter < this.#overshotUntil) this.#width = Math.max(1, Math.min(this.#width, inFlight));
    this.#look(round, now, false);
  }

  #look(round: Round, now: number, mayGrow: boolean): void {
    const medianMs = round.judge();
    if (medianMs === undefined) return;
    const measure = { width: this.#width, throughput: this.#answers / Math.max(1, now - this.#since), medianMs };
    const refusedShare = this.#refusals / Math.max(1, this.#refusals + this.#answers);
    this.#answers = 0;
    this.#refusals = 0;
    this.#since = now;
    this.#leastMs = Math.min(medianMs, (this.#leastMs ?? medianMs) * FORGETTING);
    if (measure.throughput > (this.#best?.throughput ?? 0)) this.#best = measure;
    if (refusedShare > REFUSED_SHARE) this.#decrease(0.8 * this.#width);
    else if (round.startedAfter >= this.#decreasedAfter) this.#judge(measure, this.#leastMs, mayGrow);
  }

  #judge(measure: Measure, leastMs: number, mayGrow: boolean): void {
    const before = this.#shrunkFrom;
    this.#shrunkFrom = undefined;
    const isQueueing = measure.medianMs > QUEUEING_FROM * leastMs;
    const isCalm = measure.medianMs <= CALM_BELOW * leastMs;
    if (isQueueing) {
      this.#shrink(measure, before, leastMs);
    } else if (isCalm && before !== undefined && measure.throughput < 0.9 * before.throughput) {
      this.#width = Math.min(this.#bound, before.width);
    } else if (isCalm && mayGrow) {
      this.#calmRounds += 1;
      this.#grow(this.#calmRounds > CALM_ROUNDS ? this.#width / 2 : Math.sqrt(this.#width));
    } else {
      this.#calmRounds = 0;
    }
  }

  #shrink(measure: Measure, before: Measure | undefined, leastMs: number): void {
    this.#triesInVain = before !== undefined && wasInVain(before, measure) ? this.#triesInVain + 1 : 0;
    if (this.#triesInVain === 0) this.#widthBeforeTries = measure.width;
    if (this.#triesInVain < TRIES_IN_VAIN) {
      this.#shrunkFrom = measure;
      this.#decrease(Math.max(2 * measure.throughput * leastMs, 0.6 * measure.width));
      return;
    }
    // The network itself has become slower.
    this.#triesInVain = 0;
    this.#leastMs = measure.medianMs;
    this.#width = Math.min(this.#bound, this.#widthBeforeTries);
  }

  #decrease(width: number): void {
    this.#isSlowStart = false;
    this.#calmRounds = 0;
    this.#decreasedAfter = this.#sent;
    this.#width = Math.max(1, Math.min(this.#width, width));
  }

  #grow(by: number): void {
    this.#width = Math.min(this.#bound, this.#width + by);
  }
}

/** With fewer at once each took as long as before, and less was done: it is not our tasks that wait for each other. */
function wasInVain(before: Measure, after: Measure): boolean {
  const shrunkTo = after.width / before.width;
  return isNear(after.medianMs, before.medianMs) && isNear(after.throughput, shrunkTo * before.throughput);
}

function isNear(value: number, other: number): boolean {
  return value > 0.8 * other && value < 1.25 * other;
}
