import type { AnswerMode } from './answers.ts';
import type { AzureApi, Page } from './azure-api.ts';
import { type Clock, wait } from './clock.ts';
import { AzureError } from './errors.ts';
import type { InventoryEvent, RequestKind } from './events.ts';
import { isCutShort, statusOf } from './fleet-error.ts';
import type { Gateway } from './gateway.ts';
import { retryAfterMs } from './retry-after.ts';
import type { CallContext, CallRunner } from './runner.ts';
import type { SeenResponse } from './sdk/pipeline.ts';
import { withTimeLimit } from './time-limit.ts';

export interface CallerOptions {
  gateway: Gateway;
  runner: CallRunner;
  clock: Clock;
  /** Milliseconds a request may take, the SDK's repetitions included. */
  requestTimeoutMs: number;
  mode: AnswerMode | undefined;
  onEvent: (event: InventoryEvent) => void;
}

/** What a request is for. */
export interface Purpose {
  kind: RequestKind;
  subscriptionId: string | undefined;
}

/** Times an answer that was cut short is asked for; the SDK repeats dropped connections and 5xx itself, but not these. */
const CUT_SHORT_ATTEMPTS = 3;
const CUT_SHORT_WAIT_MS = 200;

/** Makes the calls of one listing, every page through the runner, and counts them. */
export class Caller {
  readonly #options: CallerOptions;
  #requests = 0;

  constructor(options: CallerOptions) {
    this.#options = options;
  }

  /** Requests sent so far, repeated ones included. */
  get requests(): number {
    return this.#requests;
  }

  /** All pages of a list, one after the other: Azure gives the link of a page with the page before. */
  async pages<T>(
    purpose: Purpose,
    get: (api: AzureApi, link: string | undefined) => Promise<Page<T>>,
    signal: AbortSignal,
  ): Promise<T[]> {
    const items: T[] = [];
    const links = new Set<string>();
    let link: string | undefined;
    do {
      const current = link;
      const page = await this.call(purpose, (api) => get(api, current), signal);
      items.push(...page.items);
      this.#options.onEvent({ type: 'page', ...purpose, items: page.items.length });
      link = page.next;
      if (link !== undefined && links.size === links.add(link).size) throw pagesRepeat();
    } while (link !== undefined);
    return items;
  }

  async call<T>(purpose: Purpose, call: (api: AzureApi) => Promise<T>, signal: AbortSignal): Promise<T> {
    const { runner, clock } = this.#options;
    const lane = purpose.subscriptionId?.toLowerCase() ?? 'tenant';
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await runner.run(lane, (context) => this.#attempt(purpose, call, context), { signal });
      } catch (error) {
        if (!isCutShort(error) || attempt >= CUT_SHORT_ATTEMPTS) throw error;
        await wait(clock, CUT_SHORT_WAIT_MS * 2 ** (attempt - 1), signal);
      }
    }
  }

  async #attempt<T>(purpose: Purpose, call: (api: AzureApi) => Promise<T>, context: CallContext): Promise<T> {
    const { gateway, clock, requestTimeoutMs, mode } = this.#options;
    const open = await gateway.open(mode);
    let last: SeenResponse | undefined;
    const onResponse = (response: SeenResponse): void => {
      last = response;
      this.#report(purpose, context, response);
    };
    const limit = { clock, limitMs: requestTimeoutMs, signals: [context.signal, gateway.closing] };
    try {
      return await withTimeLimit(limit, (signal) =>
        open.withinCall({ signal, onResponse, now: () => clock.now() }, () => call(open.api)),
      );
    } catch (error) {
      throw withReason(error, last, clock.now());
    }
  }

  #report(purpose: Purpose, context: CallContext, response: SeenResponse): void {
    const { clock, onEvent } = this.#options;
    const { status } = response;
    this.#requests += 1;
    onEvent({ type: 'request', ...purpose, status, durationMs: clock.now() - response.startedAt });
    const remaining = remainingOf(response);
    if (remaining !== undefined) context.remaining(remaining);
    const wanted = wantedWaitMs(response, clock.now());
    if (status === 429 || (status === 503 && wanted !== undefined)) {
      onEvent({ type: 'throttled', subscriptionId: purpose.subscriptionId, retryAfterMs: wanted });
      context.throttled(wanted === undefined ? {} : { retryAfterMs: wanted });
    }
  }
}

/**
 * What is left of the tightest bucket Azure tells about: a number for the subscription or the tenant, and a list such as
 * `Microsoft.Compute/HighCostGetSubscriptionMaximum;899` for the resource provider.
 */
function remainingOf(response: SeenResponse): number | undefined {
  const texts = [
    response.header('x-ms-ratelimit-remaining-subscription-reads'),
    response.header('x-ms-ratelimit-remaining-tenant-reads'),
    ...(response.header('x-ms-ratelimit-remaining-resource') ?? '').split(',').map((entry) => entry.split(';')[1]),
  ];
  const numbers = texts.flatMap((text) => (text?.trim() ? Number(text) : [])).filter((n) => Number.isFinite(n));
  return numbers.length === 0 ? undefined : Math.min(...numbers);
}

/** Leaving it at that would show a part of the list as if it were all. */
function pagesRepeat(): AzureError {
  return new AzureError('PAGES_REPEAT', 'Azure gave the same link to a next page twice', {
    category: 'azure',
    hint: 'Try again.',
  });
}

/** What Azure said of a call that failed: why, in the body of the answer, and when to ask again. */
function withReason(error: unknown, last: SeenResponse | undefined, now: number): unknown {
  const statusCode = statusOf(error);
  // A token that could not be had is not what the last answer was about.
  if (last === undefined || statusCode !== last.status) return error;
  const wanted = wantedWaitMs(last, now);
  const known = { statusCode, ...(wanted === undefined ? {} : { retryAfterMs: wanted }) };
  const { code, message } = reasonIn(last.refusal);
  if (message === undefined) return error instanceof Error ? Object.assign(error, known) : error;
  return Object.assign(new Error(message, { cause: error }), { ...known, code });
}

/** The SDK's listings say `unexpected statusCode 403`; why it was refused is in the body, `{ error: { code, message } }`. */
function reasonIn(refusal: string | undefined): { code?: string; message?: string } {
  try {
    return (JSON.parse(refusal ?? '{}') as { error?: { code?: string; message?: string } }).error ?? {};
  } catch {
    return {};
  }
}

function wantedWaitMs(response: SeenResponse, now: number): number | undefined {
  return retryAfterMs(response.header('retry-after'), now);
}
