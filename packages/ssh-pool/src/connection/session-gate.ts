import { type Clock, Timer } from '../clock.ts';
import { SshPoolError } from '../errors.ts';
import { sessionRefused } from '../events.ts';
import type { RawChannel } from '../ssh2/raw-channel.ts';
import type { OpenRefusal, Transport } from '../ssh2/transport.ts';

/** Somebody who waits for a session. */
export interface SessionWaiter {
  /** Sends its command at once: what follows in the same tick goes out in the same flight. */
  onSession(session: RawChannel): void;
  onRefused(error: SshPoolError): void;
}

// sshd takes 10 sessions a connection (MaxSessions): eight at work, one ahead, one left for others.
const mostAtWork = 8;
const firstRetryMs = 20;
const mostRetries = 6;

/**
 * The sessions of one connection. One is kept open ahead of need, so that a command goes out at once, and the next
 * spare is asked for in the same flight. Who finds no session free waits in line. A server that takes fewer sessions
 * than we would like says so by refusing one; from then on no more are asked for.
 *
 * ```
 * acquire → waiting ──session──▶ at work ──closed──▶ (the next in line)
 *              ▲                    ▲
 *   refused: retried           spare, opened ahead
 * ```
 */
export class SessionGate {
  readonly #transport: Transport;
  readonly #label: string;
  readonly #retry: Timer;
  readonly #waiters: SessionWaiter[] = [];
  readonly #atWork = new Set<RawChannel>();
  #spare: RawChannel | undefined;
  #opening = 0;
  /** What the server takes at once, as far as we know. */
  #limit = Infinity;
  /** The most that were open at once: what the server has granted before, it will grant again. */
  #highWater = 0;
  /** Refusals in a row while no session was open at all. */
  #barren = 0;
  #isClosed = false;

  constructor(transport: Transport, label: string, clock: Clock) {
    this.#transport = transport;
    this.#label = label;
    this.#retry = new Timer(clock);
  }

  /** Sessions with a command on them, or not yet closed by the server. */
  get atWork(): number {
    return this.#atWork.size;
  }

  acquire(waiter: SessionWaiter): void {
    this.#waiters.push(waiter);
    this.#pump();
  }

  cancel(waiter: SessionWaiter): void {
    const index = this.#waiters.indexOf(waiter);
    if (index !== -1) this.#waiters.splice(index, 1);
  }

  /** The connection is gone. Who waits is told by the connection. */
  close(): void {
    this.#isClosed = true;
    this.#waiters.length = 0;
    this.#retry.clear();
  }

  #pump(): void {
    if (this.#isClosed) return;
    this.#handOut();
    const wanted = Math.min(this.#waiters.length, this.#room() - this.#atWork.size) + 1;
    const missing = Math.min(wanted, this.#limit - this.#atWork.size) - this.#opening - (this.#spare ? 1 : 0);
    for (let i = 0; i < missing; i += 1) this.#open();
  }

  #handOut(): void {
    const spare = this.#spare;
    if (spare === undefined || this.#atWork.size >= this.#room()) return;
    const waiter = this.#waiters.shift();
    if (waiter === undefined) return;
    this.#spare = undefined;
    this.#atWork.add(spare);
    waiter.onSession(spare);
  }

  #room(): number {
    return Math.min(mostAtWork, this.#limit);
  }

  #open(): void {
    this.#opening += 1;
    this.#transport.openSession(
      (session) => this.#opened(session),
      (refusal) => this.#refused(refusal),
    );
  }

  #opened(session: RawChannel): void {
    this.#opening -= 1;
    this.#barren = 0;
    session.whenClosed(() => this.#released(session));
    if (this.#spare === undefined) this.#spare = session;
    else session.close();
    this.#highWater = Math.max(this.#highWater, this.#atWork.size + 1);
    this.#pump();
  }

  #released(session: RawChannel): void {
    this.#atWork.delete(session);
    if (session === this.#spare) {
      // Closed by the server before it was used: another one is opened when somebody needs it.
      this.#spare = undefined;
      if (this.#waiters.length === 0) return;
    }
    this.#pump();
  }

  #refused(refusal: OpenRefusal): void {
    this.#opening -= 1;
    if (this.#isClosed) return;
    const isBarren = this.#atWork.size === 0 && this.#spare === undefined && this.#opening === 0;
    this.#barren = isBarren ? this.#barren + 1 : 0;
    // A session that has just ended may still count at the server: that is no reason to ask for fewer ever after.
    const limit = Math.max(1, this.#highWater);
    if (limit < this.#limit && sessionRefused.hasSubscribers) {
      sessionRefused.publish({ target: this.#label, sessions: limit });
    }
    this.#limit = limit;
    if (this.#waiters.length === 0 || this.#spare !== undefined || this.#opening > 0) return;
    if (isBarren && (refusal.isProhibited || this.#barren > mostRetries)) this.#giveUp(refusal);
    else this.#retry.set(firstRetryMs * 2 ** this.#barren, () => this.#pump());
  }

  #giveUp(refusal: OpenRefusal): void {
    const error = new SshPoolError(
      'SSH_CHANNEL_REFUSED',
      `${this.#label}: the server opens no session: ${refusal.description || 'it gives no reason'}.`,
      { target: this.#label },
    );
    for (const waiter of this.#waiters.splice(0)) waiter.onRefused(error);
  }
}
