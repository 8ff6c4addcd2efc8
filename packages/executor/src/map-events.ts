import type { Attempt } from './attempt.ts';
import type { Clock } from './clock.ts';
import type { Events, ExecutorEvent, Listener } from './events.ts';
import type { Job } from './job.ts';
import { ProgressCount } from './progress.ts';
import type { Result } from './result.ts';

type OnEvent<I> = ((event: ExecutorEvent<I>) => void) | undefined;

/** What a map tells of itself, and what it hears of its lanes. */
export class MapEvents<I> {
  readonly #events: Events;
  readonly #listener: Listener | undefined;
  #progress: ProgressCount | undefined;

  /** @param broke is told what `onEvent` throws, which must not reach a lane */
  constructor(events: Events, onEvent: OnEvent<I>, broke: (error: unknown) => void) {
    this.#events = events;
    if (onEvent === undefined) return;
    this.#listener = (event) => {
      try {
        onEvent(event as ExecutorEvent<I>);
      } catch (error) {
        broke(error);
      }
    };
  }

  open(clock: Clock, total: number | undefined): void {
    this.#progress = new ProgressCount(total, clock.now());
    if (this.#listener !== undefined) this.#events.add(this.#listener);
  }

  close(): void {
    if (this.#listener !== undefined) this.#events.delete(this.#listener);
  }

  started({ job, attempt }: Attempt): void {
    if (this.#events.wanted('start')) this.#emit({ type: 'start', ...ofItem(job), attempt });
  }

  retrying(job: Job, error: unknown, delayMs: number): void {
    if (this.#events.wanted('retry'))
      this.#emit({ type: 'retry', ...ofItem(job), attempt: job.attempts, delayMs, error });
  }

  result(result: Result<I, unknown>, now: number): void {
    const progress = this.#progress as ProgressCount;
    progress.count(result.status === 'failed' || result.status === 'timeout');
    if (this.#events.wanted('result')) this.#emit({ type: 'result', result, progress: progress.at(now) });
  }

  endsEarly(reason: unknown): void {
    if (this.#events.wanted('end')) this.#emit({ type: 'end', reason });
  }

  #emit(event: ExecutorEvent): void {
    this.#events.emitTo(this.#listener, event);
  }
}

function ofItem({ item, index, lane }: Job): { item: unknown; index: number; lane: string } {
  return { item, index, lane: lane.name };
}
