import { channel } from 'node:diagnostics_channel';
import type { Result } from './result.ts';

export interface Progress {
  /** Items that have their result. */
  readonly done: number;
  /** Those of them that failed or were out of time. */
  readonly failed: number;
  /** Items in all, where that is known. */
  readonly total: number | undefined;
  readonly elapsedMs: number;
  /** The estimated time to the end, where the total is known. */
  readonly etaMs: number | undefined;
}

interface OfItem<I> {
  readonly item: I;
  /** Place in the input, from 0. */
  readonly index: number;
  readonly lane: string;
  /** From 1. */
  readonly attempt: number;
}

/**
 * What happens while a map runs. `throttle` and `width` are of a lane, which other maps and calls may share; `end` tells
 * why a map ends before its input does. The same objects are published on `azfleet:executor:<type>` of
 * `node:diagnostics_channel`.
 */
export type ExecutorEvent<I = unknown> =
  | ({ readonly type: 'start' } & OfItem<I>)
  | ({ readonly type: 'retry'; readonly delayMs: number; readonly error: unknown } & OfItem<I>)
  | { readonly type: 'result'; readonly result: Result<I, unknown>; readonly progress: Progress }
  | { readonly type: 'throttle'; readonly lane: string; readonly pauseMs: number }
  | { readonly type: 'width'; readonly lane: string; readonly width: number }
  | { readonly type: 'end'; readonly reason: unknown };

type Type = ExecutorEvent['type'];

const channels = {
  start: channel('azfleet:executor:start'),
  retry: channel('azfleet:executor:retry'),
  result: channel('azfleet:executor:result'),
  throttle: channel('azfleet:executor:throttle'),
  width: channel('azfleet:executor:width'),
  end: channel('azfleet:executor:end'),
} satisfies Record<Type, unknown>;

export type Listener = (event: ExecutorEvent) => void;

/** Where events go: to the maps that listen, and to `node:diagnostics_channel`. */
export class Events {
  readonly #listeners = new Set<Listener>();

  /** Whether anyone listens: if not, no event is made. */
  wanted(type: Type): boolean {
    return this.#listeners.size > 0 || channels[type].hasSubscribers;
  }

  add(listener: Listener): void {
    this.#listeners.add(listener);
  }

  delete(listener: Listener): void {
    this.#listeners.delete(listener);
  }

  /** What is of a lane concerns every map. */
  emitToAll(event: ExecutorEvent): void {
    for (const listener of this.#listeners) listener(event);
    channels[event.type].publish(event);
  }

  /** What is of a map concerns nobody but its own listener. */
  emitTo(listener: Listener | undefined, event: ExecutorEvent): void {
    listener?.(event);
    channels[event.type].publish(event);
  }
}
