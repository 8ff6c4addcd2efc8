import { Attempt } from './attempt.ts';
import type { Clock } from './clock.ts';
import { ConcurrencyControl } from './concurrency.ts';
import { ConnectTime } from './connect-time.ts';
import type { Events } from './events.ts';
import { Fifo } from './fifo.ts';
import { HandshakeGate } from './handshake-gate.ts';
import type { Job } from './job.ts';
import type { LocalLoad } from './local-load.ts';
import { RateControl } from './rate.ts';
import type { Slots } from './slots.ts';
import type { LaneState } from './state.ts';

/** What the lanes of an executor share. */
export interface LaneHost {
  readonly clock: Clock;
  readonly random: () => number;
  readonly slots: Slots;
  readonly load: LocalLoad;
  readonly events: Events;
}

/** A lane at a moment. */
export interface LaneView {
  readonly name: string;
  /** Tasks that may be under way at once. */
  readonly width: number;
  readonly inFlight: number;
  readonly queued: number;
  /** Starts a second; Infinity where no limit was met. */
  readonly ratePerSecond: number;
  /** Hand-shakes at once, where they are gated. */
  readonly handshakes: number | undefined;
}

/** Jobs that share limits: how many at once, how fast, and how many hand-shakes at once. First come, first served. */
export class Lane {
  readonly name: string;
  readonly connectTime: ConnectTime;
  readonly #host: LaneHost;
  readonly #concurrency: ConcurrencyControl;
  readonly #rate: RateControl;
  readonly #handshakes: number | undefined;
  #gate: HandshakeGate | undefined;
  // What is repeated goes first: it has waited longest.
  readonly #repeated = new Fifo<Job>();
  readonly #fresh = new Fifo<Job>();
  #queued = 0;
  #inFlight = 0;
  #established = 0;
  #detached = 0;
  #announcedWidth: number;
  /** Of tasks under way, connected or not, where the caller has set one. */
  #bound = Infinity;
  #isPumping = false;
  #timer: unknown;

  constructor(name: string, host: LaneHost, state: LaneState = {}) {
    this.name = name;
    this.#host = host;
    this.#concurrency = new ConcurrencyControl(host.slots.most, state);
    this.#rate = new RateControl(host.random, state);
    this.connectTime = new ConnectTime(state.connectMs);
    this.#handshakes = state.handshakes;
    this.#announcedWidth = this.width;
  }

  get width(): number {
    return this.#concurrency.width;
  }

  get isIdle(): boolean {
    return this.#inFlight === 0 && this.#established === 0 && this.#detached === 0 && this.#queued === 0;
  }

  get view(): LaneView {
    return {
      name: this.name,
      width: this.width,
      inFlight: this.#inFlight + this.#established + this.#detached,
      queued: this.#queued,
      ratePerSecond: this.#rate.perSecond(this.#host.clock.now()),
      handshakes: this.#gate?.width,
    };
  }

  get state(): LaneState {
    const handshakes = this.#gate?.width ?? this.#handshakes;
    const connectMs = this.connectTime.p99Ms;
    return {
      ...this.#concurrency.state,
      ...this.#rate.state(this.#host.clock.now()),
      ...(handshakes === undefined ? {} : { handshakes }),
      ...(connectMs === undefined ? {} : { connectMs }),
    };
  }

  bound(width: number): void {
    this.#bound = width;
    this.#concurrency.bound = width;
  }

  gateHandshakes(): void {
    this.#gate ??= new HandshakeGate(this.#handshakes);
  }

  enqueue(job: Job): void {
    this.#queued += 1;
    (job.attempts > 0 ? this.#repeated : this.#fresh).push(job);
    this.pump();
  }

  /** A queued job was dropped. It is passed over when its turn comes. */
  forget(): void {
    this.#queued -= 1;
    if (this.#queued > 0) return;
    this.#disarm();
    this.#nextQueue();
  }

  /** Starts what may start. */
  pump(): void {
    if (this.#isPumping) return;
    this.#isPumping = true;
    while (this.#startNext());
    this.#isPumping = false;
  }

  /** Starts what may start, here and in other lanes, now that an attempt has ended. */
  advance(): void {
    const { slots, load } = this.#host;
    this.#announceWidth();
    slots.wake();
    this.pump();
    if (slots.used === 0) load.rest();
  }

  established(attempt: Attempt, now: number): void {
    attempt.establishedAt = now;
    this.connectTime.connected(now - attempt.startedAt);
    if (attempt.isDetached) this.#attach(attempt);
    else this.#inFlight -= 1;
    this.#established += 1;
    if (attempt.isGated) this.#gate?.passed();
    this.pump();
  }

  answered(attempt: Attempt, now: number): void {
    // How long a command runs is its own affair; how long it takes to connect is not.
    const latencyMs = (attempt.establishedAt ?? now) - attempt.startedAt;
    const isFull = this.#queued > 0 && this.#inFlight >= this.width;
    this.#concurrency.answered(attempt.round, latencyMs, now, isFull && !this.#host.load.isBusy);
    this.#rate.accepted(attempt.sequence, attempt.startedAt, now);
    this.#leave(attempt, false);
  }

  /** @param isRefusal the server, or something on the way to it, was too busy; else it says nothing about the lane */
  failed(attempt: Attempt, isRefusal: boolean, now: number): void {
    const isAtGate = attempt.isGated && attempt.establishedAt === undefined;
    if (isRefusal && !isAtGate) this.#concurrency.refused(attempt.round, this.#inFlight - 1, now);
    else this.#concurrency.left(attempt.round, now);
    if (!attempt.isThrottled) this.#rate.accepted(attempt.sequence, attempt.startedAt, now);
    this.#leave(attempt, isRefusal);
  }

  throttled(attempt: Attempt, retryAfterMs: number | undefined): void {
    const pauseMs = this.#rate.throttled(attempt.sequence, retryAfterMs, this.#host.clock.now());
    if (pauseMs === undefined) return;
    if (this.#host.events.wanted('throttle'))
      this.#host.events.emitToAll({ type: 'throttle', lane: this.name, pauseMs });
  }

  remaining(attempt: Attempt, n: number): void {
    this.#rate.remaining(attempt.sequence, n, attempt.startedAt, this.#host.clock.now());
  }

  /**
   * Gives the slot of a task that is slow to connect to another one, while it goes on. Not more of them than the width,
   * and not where the caller has set a bound.
   */
  detach(attempt: Attempt): void {
    if (this.#bound < Infinity || attempt.isOver || attempt.isDetached || this.#detached >= this.#host.slots.most)
      return;
    attempt.isDetached = true;
    this.#detached += 1;
    this.#inFlight -= 1;
    this.#host.slots.free();
    this.advance();
  }

  #attach(attempt: Attempt): void {
    attempt.isDetached = false;
    this.#detached -= 1;
    this.#host.slots.retake();
    this.#host.load.watch();
  }

  #leave(attempt: Attempt, isRefusal: boolean): void {
    if (attempt.isGated && attempt.establishedAt === undefined) {
      if (isRefusal) this.#gate?.refused();
      else this.#gate?.left();
    }
    if (attempt.isDetached) {
      this.#detached -= 1;
    } else {
      if (attempt.establishedAt === undefined) this.#inFlight -= 1;
      else this.#established -= 1;
      this.#host.slots.free();
    }
  }

  /** @returns whether one was started, so that there may be more */
  #startNext(): boolean {
    const queue = this.#nextQueue();
    if (queue === undefined || this.#isFull || this.#gate?.isOpen === false) return false;
    const now = this.#host.clock.now();
    const delayMs = this.#rate.delayMs(now);
    this.#disarm();
    if (delayMs > 0) {
      this.#pumpAfter(delayMs);
      return false;
    }
    if (!this.#host.slots.take(this)) return false;
    this.#start(queue.shift() as Job, now);
    return true;
  }

  /** As many are connecting as the width allows (how long a command runs says nothing about it), or as many run as may. */
  get #isFull(): boolean {
    return this.#inFlight >= this.width || this.#inFlight + this.#established >= this.#bound;
  }

  /** The queue whose first job is next. */
  #nextQueue(): Fifo<Job> | undefined {
    if (hasQueued(this.#repeated)) return this.#repeated;
    return hasQueued(this.#fresh) ? this.#fresh : undefined;
  }

  #start(job: Job, now: number): void {
    const attempt = new Attempt(job, this.#rate.send(now), this.#concurrency.started(), now);
    this.#queued -= 1;
    this.#inFlight += 1;
    this.#host.load.watch();
    if (this.#gate !== undefined) {
      attempt.isGated = true;
      this.#gate.enter();
    }
    job.begin(attempt);
  }

  #announceWidth(): void {
    const { width } = this;
    if (width === this.#announcedWidth) return;
    this.#announcedWidth = width;
    if (this.#host.events.wanted('width')) this.#host.events.emitToAll({ type: 'width', lane: this.name, width });
  }

  #pumpAfter(ms: number): void {
    this.#timer = this.#host.clock.setTimeout(() => {
      this.#timer = undefined;
      this.pump();
    }, Math.ceil(ms));
  }

  #disarm(): void {
    if (this.#timer !== undefined) this.#host.clock.clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}

/** Passes over jobs that were dropped while they waited. */
function hasQueued(queue: Fifo<Job>): boolean {
  for (let job = queue.peek(); job !== undefined; job = queue.peek()) {
    if (job.state === 'queued') return true;
    queue.shift();
  }
  return false;
}
