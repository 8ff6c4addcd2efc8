/// <reference lib="esnext.disposable" preserve="true" />
import { renameSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from './clock.ts';
import { lockLost } from './events.ts';
import { removeDirectory, removeFile } from './lock-numbers.ts';
import { readOwner } from './lock-owner.ts';

/** A lock that this process holds. Its heartbeat shows others that the owner lives; the timer keeps no process running. */
export class FileLock implements AsyncDisposable {
  /** Higher than that of every owner before: the fencing token. */
  readonly token: number;
  readonly #directory: string;
  readonly #path: string;
  readonly #id: string;
  readonly #clock: Clock;
  readonly #staleMs: number;
  readonly #forget: boolean;
  #heartbeat: unknown;
  #released = false;

  /** @internal */
  constructor(
    directory: string,
    token: number,
    id: string,
    options: { readonly clock: Clock; readonly staleMs: number; readonly forget: boolean },
  ) {
    this.token = token;
    this.#directory = directory;
    this.#path = join(directory, String(token));
    this.#id = id;
    this.#clock = options.clock;
    this.#staleMs = options.staleMs;
    this.#forget = options.forget;
    this.#scheduleHeartbeat();
  }

  /**
   * Whether the lock is still this one's. An owner that was suspended for longer than the heartbeat allows was taken
   * for crashed; it asks here before it does what only an owner may do.
   */
  isHeld(): boolean {
    // The next owner removes the files of those before it takes its turn. A higher number proves nothing: its creator
    // may be about to find that it came too late.
    return !this.#released && readOwner(this.#path)?.id === this.#id;
  }

  /** Gives the lock back. Doing so twice, or after it was taken over, changes nothing. */
  release(): void {
    if (this.#released) return;
    const held = this.isHeld();
    this.#released = true;
    this.#clock.clearTimeout(this.#heartbeat);
    if (held && this.#forget) removeFile(this.#path);
    else if (held) this.#markFree();
    if (this.#forget) removeDirectory(this.#directory);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.release();
  }

  /** The number stays, so that the next owner's is higher. */
  #markFree(): void {
    try {
      renameSync(this.#path, `${this.#path}.free`);
    } catch {
      removeFile(this.#path);
    }
  }

  #scheduleHeartbeat(): void {
    this.#heartbeat = this.#clock.setTimeout(() => this.#beat(), this.#staleMs / 3);
    (this.#heartbeat as { unref?: () => void } | undefined)?.unref?.();
  }

  #beat(): void {
    if (!this.isHeld()) {
      if (lockLost.hasSubscribers) lockLost.publish({ path: this.#directory, token: this.token });
      return;
    }
    try {
      const seconds = this.#clock.now() / 1000;
      utimesSync(this.#path, seconds, seconds);
    } catch {
      // Tried again at the next beat; isHeld() tells the truth in the meantime.
    }
    this.#scheduleHeartbeat();
  }
}
