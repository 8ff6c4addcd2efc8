import { AzureSimError } from '../errors.ts';
import type { RequestKind } from './request-kind.ts';

/** What goes wrong, and for which requests. Without a condition it is every request. */
export interface Fault {
  /** Answers with this status (400 to 599) and an ARM error body, without doing anything. */
  status?: number;
  /** The `Retry-After` header of `status`. */
  retryAfterSeconds?: number;
  /** Closes the connection without an answer. */
  drop?: true;
  /** Sends the headers and half of the body, then closes the connection. */
  truncate?: true;
  /** Never answers: until the client goes away or the simulator is closed. */
  hang?: true;
  /** Answers this much later than usual. */
  delayMs?: number;
  /** Only requests of this kind. */
  kind?: RequestKind;
  /** Only requests about this subscription. */
  subscriptionId?: string;
  /** Only requests whose path and query match. */
  path?: RegExp;
  /** Only the nth of the requests that match the conditions above, from 1 on. */
  nth?: number | readonly number[];
  /**
   * How often it happens at most.
   * @default no limit
   */
  times?: number;
}

interface Candidate {
  readonly kind: RequestKind;
  readonly subscriptionId: string | undefined;
  readonly target: string;
}

interface Injected {
  readonly fault: Fault;
  matched: number;
  fired: number;
}

/** The faults that were injected. If several fit a request, the first that was injected happens; all of them count it. */
export class Faults {
  readonly #injected = new Set<Injected>();

  inject(fault: Fault): () => void {
    checkFault(fault);
    const injected = { fault: { ...fault }, matched: 0, fired: 0 };
    this.#injected.add(injected);
    return () => void this.#injected.delete(injected);
  }

  /** Counts the request, and gives the fault that befalls it. */
  match(request: Candidate): Fault | undefined {
    let chosen: Injected | undefined;
    for (const injected of this.#injected) {
      if (!applies(injected.fault, request)) continue;
      injected.matched += 1;
      if (chosen === undefined && isDue(injected)) chosen = injected;
    }
    if (chosen !== undefined) chosen.fired += 1;
    return chosen?.fault;
  }
}

function applies({ kind, subscriptionId, path }: Fault, request: Candidate): boolean {
  if (kind !== undefined && kind !== request.kind) return false;
  if (subscriptionId !== undefined && subscriptionId.toLowerCase() !== request.subscriptionId?.toLowerCase())
    return false;
  return path === undefined || request.target.search(path) !== -1;
}

function isDue({ fault: { nth, times }, matched, fired }: Injected): boolean {
  if (times !== undefined && fired >= times) return false;
  return nth === undefined || (typeof nth === 'number' ? nth === matched : nth.includes(matched));
}

function checkFault({ status, drop, truncate, hang, delayMs }: Fault): void {
  const hint = 'Give one of status, drop, truncate, hang or delayMs.';
  if (status === undefined && !drop && !truncate && !hang && delayMs === undefined) {
    throw new AzureSimError('INVALID_OPTION', 'The fault does nothing.', { hint });
  }
  if (status !== undefined && !(Number.isInteger(status) && status >= 400 && status <= 599)) {
    throw new AzureSimError('INVALID_OPTION', `A fault's status is 400 to 599, not ${status}.`, { hint });
  }
}
