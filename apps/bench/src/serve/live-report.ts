import type { RunWatcher } from '../commands/run.ts';
import { plural } from '../report/format.ts';
import { viewOf } from '../report/view-of.ts';
import type { LiveView, ReportView } from '../report/view.ts';
import type { ResultFile } from '../result/result.ts';
import type { LiveEvent } from './live-server.ts';

export interface LiveReportOptions {
  readonly publish: (event: LiveEvent) => void;
  /** Whether there is anybody to make a report for: it costs time in which nothing is measured. */
  readonly isWatched: () => boolean;
  /** Milliseconds. */
  readonly now: () => number;
}

/** What a page is told of a run: how far it is, and the report of what it has measured so far. */
export class LiveReport implements RunWatcher {
  readonly #options: LiveReportOptions;
  #files: () => readonly ResultFile[] = () => [];
  #live: LiveView = { state: 'running', text: 'Opening the first suite', share: 0 };
  #toldAt = Number.NEGATIVE_INFINITY;
  /** Undefined: not made since something was measured. */
  #report: ReportView | undefined;

  constructor(options: LiveReportOptions) {
    this.#options = options;
  }

  /** @param files what there is so far, a file for each build: the new one, and the base if there is one */
  began(files: () => readonly ResultFile[]): void {
    this.#files = files;
  }

  progress(where: string, share: number): void {
    this.#live = { state: 'running', text: `Measuring ${where}`, share };
    const { now, publish } = this.#options;
    if (now() - this.#toldAt < TELL_EVERY_MS) return;
    this.#toldAt = now();
    publish({ name: 'live', data: this.#live });
  }

  measured(): void {
    this.#report = undefined;
    if (this.#options.isWatched()) this.#options.publish(this.#reportEvent());
  }

  ended(interrupted: boolean): void {
    const [now] = this.#files();
    const amount = plural(now?.benchmarks.length ?? 0, 'benchmark');
    if (interrupted) this.#end({ state: 'interrupted', text: `Interrupted: ${amount} kept`, share: null });
    else if (now?.complete === true) this.#end({ state: 'finished', text: `Done: ${amount}`, share: 1 });
    else this.#end({ state: 'failed', text: `Ended with failures: ${amount} measured`, share: null });
  }

  /** For a page that has just connected. */
  present(): readonly LiveEvent[] {
    return [this.#reportEvent(), { name: 'live', data: this.#live }];
  }

  #end(live: LiveView): void {
    this.#live = live;
    this.#report = undefined;
    // The last report comes before the word that there is none to come.
    this.#options.publish(this.#reportEvent());
    this.#options.publish({ name: 'live', data: live });
  }

  #reportEvent(): LiveEvent {
    const [now, base] = this.#files();
    if (now === undefined) return { name: 'report', data: null };
    this.#report ??= viewOf({ now, base, running: this.#live.state === 'running' });
    return { name: 'report', data: this.#report };
  }
}

const TELL_EVERY_MS = 200;
