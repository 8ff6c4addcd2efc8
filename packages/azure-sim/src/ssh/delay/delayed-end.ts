import type { Duplex } from 'node:stream';
import type { Clock } from '../../clock.ts';
import { farEnd } from '../far-end.ts';
import { Delay } from './delay.ts';
import { FlightCounter } from './flight-counter.ts';

export interface DelayLineOptions {
  readonly clock: Clock;
  readonly roundTripMs: number;
  /** Called for each round trip that the client waited for. */
  readonly onFlight: () => void;
}

/** The far end of a slow line whose near end is `client`. */
export function delayedEnd(client: Duplex, { clock, roundTripMs, onFlight }: DelayLineOptions): Duplex {
  const flights = new FlightCounter(onFlight);
  const delayMs = roundTripMs / 2;
  const there = new Delay({ clock, delayMs, send: () => flights.fromClient() });
  const back = new Delay({ clock, delayMs, send: () => flights.fromServer() });
  return farEnd(client, there, back);
}
