const STEPS = 40;
const MOST_PER_MS = 100;
// The level at which a bucket refuses is below one token; which level, is not known.
const LEVEL_AT_REFUSAL = 0.5;

/** What is known of a bucket of tokens between two moments when it was empty. */
export interface Observation {
  readonly emptyAt: number;
  readonly emptyAgainAt: number;
  /** When requests were sent that it took, in between. */
  readonly taken: readonly number[];
  /** It never holds more. */
  readonly capacity: number;
}

/**
 * The refill, in tokens a millisecond, with which a bucket that took those requests is empty again just then. What is
 * refilled into a full bucket is lost, so that this is more than requests ÷ time where some were sent slowly.
 */
export function refillOf(observation: Observation): number {
  const taken = observation.taken.toSorted((a, b) => a - b);
  let low = 0;
  let high = MOST_PER_MS;
  for (let step = 0; step < STEPS; step += 1) {
    const middle = (low + high) / 2;
    if (levelAtEnd(middle, taken, observation) > LEVEL_AT_REFUSAL) high = middle;
    else low = middle;
  }
  return low;
}

/** Grows with the refill. */
function levelAtEnd(
  refill: number,
  taken: readonly number[],
  { emptyAt, emptyAgainAt, capacity }: Observation,
): number {
  let level = 0;
  let at = emptyAt;
  for (const sentAt of taken) {
    level = Math.min(capacity, level + refill * (sentAt - at)) - 1;
    at = sentAt;
  }
  return Math.min(capacity, level + refill * (emptyAgainAt - at));
}
