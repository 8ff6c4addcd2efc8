import { Executor, type ExecutorEvent, type MapOptions, type Progress } from '@azfleet/executor';
import type { CommandContext } from '../command.ts';
import { learnedState } from '../learned-state.ts';
import type { Settings } from '../settings/settings.ts';
import { type Place, targetOf } from './address.ts';
import { FreshPlaces, type FreshTargets } from './fresh-places.ts';
import type { MachineResult, RunSink } from './machine-result.ts';
import { MachineRun, type RunServices } from './machine-run.ts';
import { expectsNewKeys } from './new-keys.ts';
import { openPool, type OpenPool } from './open-pool.ts';
import type { ProgressState } from './output/progress.ts';
import { Passphrases } from './passphrases.ts';
import { resultOf, skippedResult, type StopReason } from './result-of.ts';
import { TryAgain } from './run-errors.ts';
import type { Rollout, RunLimits } from './run-flags.ts';
import type { StdinSource } from './stdin-copy.ts';
import type { Targets } from './targets.ts';
import { forAnotherCommand, widthFor } from './width.ts';

/** A command for many machines. */
export interface FleetJob {
  readonly settings: Settings;
  readonly targets: Targets;
  /** Asks Azure where the machines are now, where that is allowed. */
  readonly locate: (() => Promise<FreshTargets>) | undefined;
  /** What the user's shell over there gets. */
  readonly command: string;
  /** What the command reads: a fresh copy for each machine. Default: nothing. */
  readonly stdin?: StdinSource | undefined;
  readonly limits: RunLimits;
  readonly rollout?: Rollout;
  /** It is ended and closed here. */
  readonly sink: RunSink;
  readonly onProgress?: (state: ProgressState) => void;
}

/** What became of it. */
export interface RunOutcome {
  /** One a machine, skipped ones included, in the order in which they were done. */
  readonly results: readonly MachineResult[];
  /** Why it ended before its time. */
  readonly stopped: StopReason | undefined;
  /** What the halt was about: `3 of 20 failed`. */
  readonly haltedBy: string | undefined;
  readonly elapsedMs: number;
}

const OUT_OF_DESCRIPTORS =
  'there are not enough open files for more connections at once: going on with fewer; raise the limit with `ulimit -n`';

/** No machine is tried more often. Each kind of trouble has a bound of its own, below this one. */
const MOST_REPETITIONS = 16;

/**
 * Runs a command on the machines, in parallel, as wide as proves good. Every machine has its result, told to the sink in
 * the moment it is there. Nothing is left open in the end.
 *
 * @throws what the sink threw; no machine's failure
 */
export async function runOnFleet(context: CommandContext, job: FleetJob): Promise<RunOutcome> {
  const { sink } = job;
  try {
    const outcome = await new FleetRun(context, job).run();
    await sink.end();
    return outcome;
  } finally {
    await sink.close();
  }
}

class FleetRun {
  readonly #context: CommandContext;
  readonly #job: FleetJob;
  readonly #pool: OpenPool;
  readonly #passphrases: Passphrases;
  readonly #freshPlaces: FreshPlaces | undefined;
  readonly #results: MachineResult[] = [];
  /** Ends all of it: Ctrl-C, or output that nobody takes. */
  readonly #stop = new AbortController();
  readonly #repeated = new WeakSet<object>();
  #stopped: StopReason | undefined;
  #haltedBy: string | undefined;
  #failure: { readonly error: unknown } | undefined;
  #progress: Progress | undefined;
  #mostAtOnce = 0;
  #isShort = false;

  constructor(context: CommandContext, job: FleetJob) {
    this.#context = context;
    this.#job = job;
    this.#freshPlaces = job.locate === undefined ? undefined : new FreshPlaces(job.locate);
    this.#passphrases = new Passphrases(context.io);
    const { prompt } = this.#passphrases;
    this.#pool = openPool(job.settings, context.io, { connectMs: job.limits.connectMs, prompt });
  }

  async run(): Promise<RunOutcome> {
    const { io } = this.#context;
    const { targets } = this.#job;
    const startedAt = io.clock.now();
    const interrupt = io.interruptSignal();
    const interrupted = (): void => this.#end('interrupted');
    if (interrupt.aborted) interrupted();
    interrupt.addEventListener('abort', interrupted);
    if (this.#pool.isShortOfDescriptors && targets.places.length > this.#pool.maxConnections) this.#tellShortage();
    try {
      for (const skipped of targets.skipped) await this.#report(skippedResult(skipped));
      const places = await this.#placesToRun();
      if (places.length > 0) await this.#runAll(places);
    } finally {
      interrupt.removeEventListener('abort', interrupted);
      await Promise.all([this.#pool.pool.close(), this.#freshPlaces?.settled()]);
    }
    if (this.#failure !== undefined) throw this.#failure.error;
    const elapsedMs = io.clock.now() - startedAt;
    return { results: this.#results, stopped: this.#stopped, haltedBy: this.#haltedBy, elapsedMs };
  }

  /**
   * A key that nobody knows is accepted only at an address that Azure itself has told just now: where there will be such
   * keys, it is asked beforehand, once for all machines.
   */
  async #placesToRun(): Promise<readonly Place[]> {
    const { settings, targets } = this.#job;
    const fresh = this.#freshPlaces;
    if (fresh === undefined || !expectsNewKeys(targets.places, settings)) return targets.places;
    const places: Place[] = [];
    for (const place of targets.places) {
      // Where Azure cannot be asked, what is known has to do.
      const found = await fresh.find(place, this.#stop.signal).catch(() => undefined);
      if (found !== undefined && 'reason' in found) await this.#report(skippedResult(found));
      else places.push(found ?? place);
    }
    return places;
  }

  async #runAll(places: readonly Place[]): Promise<void> {
    const { settings, rollout, limits } = this.#job;
    const learned = learnedState(settings, 'ssh');
    const { most, bound } = widthFor(this.#pool.maxConnections, settings, limits);
    const executor = new Executor({
      maxConcurrency: most,
      ...(learned.state === undefined ? {} : { state: forAnotherCommand(learned.state) }),
    });
    const { jump } = settings.ssh;
    const options: MapOptions<MachineRun> = {
      signal: this.#stop.signal,
      lane: () => jump ?? 'direct',
      gateHandshakes: jump !== undefined,
      // A limit of the user's own is the pool's business, which can tell what was missing when it was reached.
      ...(limits.connectMs === undefined ? { timeouts: { connectMs: 'adaptive' } } : {}),
      retry: { retries: MOST_REPETITIONS, when: (error) => this.#isToRepeat(error) },
      ...(bound === undefined ? {} : { laneConcurrency: bound }),
      ...(rollout?.waves === undefined ? {} : { waves: rollout.waves }),
      ...(rollout?.halt === undefined ? {} : { halt: { fail: rollout.halt } }),
      onEvent: (event) => {
        if (event.type === 'end') this.#endedEarly(event.reason);
        if (event.type === 'start' || event.type === 'result')
          this.#tellProgress(event, executor.inFlight, places.length);
      },
    };
    for await (const result of executor.map(this.#runs(places), (run, task) => run.attempt(task), options)) {
      result.item.end();
      await this.#report(resultOf(result, this.#stopped ?? 'halted'));
    }
    learned.keep(executor);
    const { handshakes, reused } = this.#pool.pool.stats();
    const { explain } = this.#context;
    explain.phase(
      'machines',
      `${this.#results.length} results, ${handshakes} hand-shakes, ${reused} connections reused`,
    );
    explain.fact(`at most ${this.#mostAtOnce} machines at once; the width was ${executor.width} in the end`);
  }

  #tellProgress(event: ExecutorEvent<MachineRun>, running: number, total: number): void {
    this.#mostAtOnce = Math.max(this.#mostAtOnce, running);
    if (event.type === 'result') this.#progress = event.progress;
    const { done = 0, failed = 0, etaMs } = this.#progress ?? {};
    this.#job.onProgress?.({ total, done, failed, running, leftMs: etaMs });
  }

  #runs(places: readonly Place[]): MachineRun[] {
    const { settings, command, stdin, limits } = this.#job;
    const services: RunServices = {
      pool: this.#pool.pool,
      targetOf: (place) => targetOf(place, settings),
      freshPlaces: this.#freshPlaces,
      passphrases: this.#passphrases,
      command,
      stdin,
      commandMs: limits.commandMs,
      write: (machine, stream, bytes) => this.#output(async () => this.#job.sink.write(machine, stream, bytes)),
      repeat: (error) => this.#repeated.add(error as object),
      shortOfDescriptors: () => this.#tellShortage(),
    };
    return places.map((place) => new MachineRun(place, services));
  }

  /** What raised a doubt may come again, where Azure knows nothing better: then it is final. */
  #isToRepeat(error: unknown): boolean {
    return error instanceof TryAgain || this.#repeated.delete(error as object);
  }

  async #report(result: MachineResult): Promise<void> {
    this.#results.push(result);
    await this.#output(async () => this.#job.sink.result(result));
  }

  /** Where the output cannot be written, or nobody reads it any more, there is no point in going on. */
  async #output(write: () => Promise<void>): Promise<void> {
    if (this.#failure !== undefined) return;
    try {
      await write();
    } catch (error) {
      this.#failure ??= { error };
      this.#end('interrupted');
    }
    if (this.#context.io.stdout.isClosed) this.#end('output closed');
  }

  #end(why: StopReason): void {
    this.#stopped ??= why;
    this.#stop.abort();
  }

  #endedEarly(reason: unknown): void {
    if (this.#stopped !== undefined) return;
    this.#stopped = 'halted';
    this.#haltedBy = (reason as Error).message.replace(/^Halted: |\.$/g, '');
  }

  #tellShortage(): void {
    if (this.#isShort) return;
    this.#isShort = true;
    this.#context.notice(`azfleet: ${OUT_OF_DESCRIPTORS}`);
  }
}
