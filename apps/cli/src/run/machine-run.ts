import type { TaskContext } from '@azfleet/executor';
import { type ExecResult, type SshPool, SshPoolError, type Target } from '@azfleet/ssh-pool';
import type { ListedVm } from '../fleet/columns.ts';
import type { Place } from './address.ts';
import type { FreshPlaces } from './fresh-places.ts';
import type { StreamName } from './machine-result.ts';
import type { Passphrases } from './passphrases.ts';
import { CommandFailed, TryAgain } from './run-errors.ts';
import type { StdinSource } from './stdin-copy.ts';

/** What the runs of all machines share. */
export interface RunServices {
  readonly pool: SshPool;
  readonly targetOf: (place: Place) => Target;
  readonly freshPlaces: FreshPlaces | undefined;
  readonly passphrases: Passphrases;
  readonly command: string;
  readonly stdin: StdinSource | undefined;
  readonly commandMs: number | undefined;
  /** Takes a piece of output. Never rejects. */
  readonly write: (machine: ListedVm, stream: StreamName, bytes: Uint8Array) => Promise<void>;
  /** An error that is to be met with another attempt, though it does not say so itself. */
  readonly repeat: (error: unknown) => void;
  /** There was no file descriptor left. */
  readonly shortOfDescriptors: () => void;
}

/** A server that refuses a hand-shake may be overloaded; one that goes on refusing is something else. */
const MOST_REFUSALS = 3;
/** While others still hold descriptors, it is worth waiting for theirs. */
const MOST_SHORTAGES = 8;

/** How a machine's run ended, where it did not fail. */
export type Ended = { readonly kind: 'ok' } | { readonly kind: 'skipped'; readonly reason: string };

/**
 * The command on one machine. An address from the cache that does not lead to the machine is asked of Azure again, once
 * for all machines; whatever was not sent may be tried again.
 */
export class MachineRun {
  readonly #services: RunServices;
  #place: Place;
  /** Why the address is in doubt. */
  #doubt: unknown;
  #tries = 0;
  #refusals = 0;
  #shortages = 0;
  #isOver = false;

  constructor(place: Place, services: RunServices) {
    this.#place = place;
    this.#services = services;
  }

  get place(): Place {
    return this.#place;
  }

  /** How often it was tried to run the command. */
  get tries(): number {
    return this.#tries;
  }

  /** Nothing of it is written any more. */
  end(): void {
    this.#isOver = true;
  }

  /** One attempt as the executor counts them. @throws why it failed; {@link TryAgain} where another attempt may do better */
  async attempt(task: TaskContext): Promise<Ended> {
    // Azure, and the person, may take longer than a connect: such an attempt is not held against the machine.
    let hasAskedAzure = false;
    const hasAskedPerson = this.#services.passphrases.watch();
    for (;;) {
      try {
        if (this.#doubt !== undefined) {
          hasAskedAzure = true;
          const reason = await this.#locate(this.#doubt, task.signal);
          if (reason !== undefined) return { kind: 'skipped', reason };
        }
        await this.#execute(task);
        return { kind: 'ok' };
      } catch (error) {
        const isInDoubt = this.#doubt === undefined && !hasAskedPerson() && this.#isInDoubt(error);
        if (isInDoubt) this.#doubt = error;
        if (task.signal.aborted) {
          if (isConnectTimeout(error) && (isInDoubt || hasAskedAzure || hasAskedPerson())) this.#services.repeat(error);
          throw error;
        }
        if (!isInDoubt) throw this.#judged(error);
      }
    }
  }

  /**
   * Finds out where the machine is. @returns why it is not to be run on any more
   *
   * @throws the error that raised the doubt, where the machine is where it was believed to be
   */
  async #locate(doubt: unknown, signal: AbortSignal): Promise<string | undefined> {
    const before = this.#place;
    const found = await this.#services.freshPlaces!.find(before, signal);
    this.#doubt = undefined;
    if (found === undefined || 'reason' in found) {
      this.#place = { ...before, isFromAzure: true }; // no doubt any more, whatever it was
      if (found === undefined) throw doubt;
      return found.reason;
    }
    this.#place = found;
    const isElsewhere = found.address !== before.address || found.machine.vmId !== before.machine.vmId;
    // A key that nobody knows may be accepted, now that Azure vouches for the address.
    if (isElsewhere || codeOf(doubt) === 'SSH_HOST_KEY_UNKNOWN') return undefined;
    throw doubt;
  }

  #isInDoubt(error: unknown): boolean {
    if (this.#place.isFromAzure || this.#services.freshPlaces === undefined) return false;
    return isConnectTimeout(error) || (error instanceof SshPoolError && !error.sent && RAISES_DOUBT.has(error.code));
  }

  #judged(error: unknown): unknown {
    if (!(error instanceof SshPoolError) || error.sent) return error;
    if (error.code === 'SSH_TOO_MANY_OPEN_FILES') {
      this.#services.shortOfDescriptors();
      this.#shortages += 1;
      return this.#shortages < MOST_SHORTAGES ? new TryAgain(error) : error;
    }
    if (error.code !== 'SSH_HANDSHAKE_FAILED') return error;
    this.#refusals += 1;
    return this.#refusals < MOST_REFUSALS ? new TryAgain(error) : error;
  }

  async #execute(task: TaskContext): Promise<void> {
    const { pool, targetOf, command, commandMs, stdin } = this.#services;
    this.#tries += 1;
    const { stdout, stderr, result } = pool.exec(
      targetOf(this.#place),
      { command, ...(commandMs === undefined ? {} : { limits: { commandMs } }) },
      {
        signal: task.signal,
        onEstablished: () => task.established(),
        ...(stdin === undefined ? {} : { stdin: stdin.copy() }),
      },
    );
    // All of its output before its result; what came before an error, too.
    await Promise.all([this.#pass('stdout', stdout), this.#pass('stderr', stderr)]);
    const ended = await result;
    if (ended.exitCode !== 0) throw commandFailed(ended);
  }

  /** Reads on only once the sink has taken what was read: a slow reader here stops the command over there. */
  async #pass(stream: StreamName, output: AsyncIterable<Uint8Array>): Promise<void> {
    try {
      for await (const bytes of output) {
        if (this.#isOver) return;
        await this.#services.write(this.#place.machine, stream, bytes);
      }
    } catch {
      // What the command failed with, its result tells.
    }
  }
}

const RAISES_DOUBT: ReadonlySet<string> = new Set([
  'SSH_HOST_KEY_UNKNOWN',
  'SSH_HOST_KEY_CHANGED',
  'SSH_CONNECT_FAILED',
  'SSH_CONNECT_TIMEOUT',
  'SSH_HANDSHAKE_FAILED',
  'SSH_JUMP_FAILED',
]);

/** The executor's own word for it. */
function isConnectTimeout(error: unknown): boolean {
  return codeOf(error) === 'EXECUTOR_CONNECT_TIMEOUT';
}

function codeOf(error: unknown): string | undefined {
  const code = (error as { code?: unknown } | null | undefined)?.code;
  return typeof code === 'string' ? code : undefined;
}

function commandFailed({ exitCode, signal }: ExecResult): CommandFailed {
  return new CommandFailed(exitCode ?? undefined, signal?.replace(/^SIG/, ''));
}
