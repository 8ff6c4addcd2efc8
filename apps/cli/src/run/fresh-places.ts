import type { Place } from './address.ts';
import { ADDRESS_UNKNOWN, type Skipped, type Targets } from './targets.ts';

/** What Azure answered. */
export interface FreshTargets extends Targets {
  /** Whether a machine that is not in it is gone. */
  readonly isComplete: boolean;
}

/** Where the machines are now: Azure is asked once, at the first question, however many there are. */
export class FreshPlaces {
  readonly #ask: () => Promise<FreshTargets>;
  #answer: Promise<Answer> | undefined;

  constructor(ask: () => Promise<FreshTargets>) {
    this.#ask = ask;
  }

  /** `undefined` where Azure cannot tell. @throws the signal's reason */
  async find({ machine }: Place, signal: AbortSignal): Promise<Place | Skipped | undefined> {
    this.#answer ??= this.#askOnce();
    const { byId, isComplete } = await untilAborted(this.#answer, signal);
    const found = byId.get(machine.id.toLowerCase());
    if (found === undefined) return isComplete ? { machine, reason: 'gone' } : undefined;
    if ('reason' in found) return found.reason === ADDRESS_UNKNOWN ? undefined : found;
    return found.isFromAzure ? { ...found, machine: { ...found.machine, session: machine.session } } : undefined;
  }

  /** Nothing is under way any more. */
  async settled(): Promise<void> {
    await this.#answer;
  }

  async #askOnce(): Promise<Answer> {
    try {
      const { places, skipped, isComplete } = await this.#ask();
      return {
        byId: new Map([...places, ...skipped].map((found) => [found.machine.id.toLowerCase(), found])),
        isComplete,
      };
    } catch {
      return { byId: new Map(), isComplete: false }; // the error that made us ask stands
    }
  }
}

interface Answer {
  readonly byId: ReadonlyMap<string, Place | Skipped>;
  readonly isComplete: boolean;
}

function untilAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(signal.reason);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
