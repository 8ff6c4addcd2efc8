import { Halt } from './halt.ts';
import type { MapOptions } from './options.ts';
import { retryPolicy, type RetryPolicy } from './retry.ts';
import { oneOf, optionalFunction, positive, wholeNumber } from './validate.ts';
import { checkWaves } from './waves.ts';

// With lanes, the next item may be of a lane that is full: so many are pulled to find those that can start.
const LOOKAHEAD = 1000;
const DEFAULT_LANE = 'default';

/** The options of a map, checked, with their defaults. */
export interface MapSettings<I> {
  readonly order: 'completion' | 'input';
  readonly laneOf: (item: I, index: number) => string;
  /** Items that may be pulled and wait for their lane. */
  readonly lookahead: number;
  readonly maxBuffered: number;
  readonly retry: RetryPolicy;
  readonly halt: Halt;
}

/** Throws at the first option that is wrong. */
export function mapSettings<I>(options: MapOptions<I>, random: () => number): MapSettings<I> {
  const { order = 'completion', maxBuffered = 256, lane } = options;
  oneOf('order', order, ['completion', 'input']);
  wholeNumber('maxBuffered', maxBuffered, 1);
  if (options.total !== undefined) wholeNumber('total', options.total, 0);
  if (options.deadlineMs !== undefined) positive('deadlineMs', options.deadlineMs);
  if (options.laneConcurrency !== undefined) wholeNumber('laneConcurrency', options.laneConcurrency, 1);
  if (options.waves !== undefined) checkWaves(options.waves);
  optionalFunction('lane', lane);
  optionalFunction('onEvent', options.onEvent);
  return {
    order,
    maxBuffered,
    laneOf: lane ?? (() => DEFAULT_LANE),
    lookahead: lane === undefined ? 1 : LOOKAHEAD,
    retry: retryPolicy(options.retry, random),
    halt: new Halt(options.halt),
  };
}
