import { AsyncLocalStorage } from 'node:async_hooks';

import {
  bearerTokenAuthenticationPolicy,
  createHttpHeaders,
  createPipelineFromOptions,
  createPipelineRequest,
  defaultRetryPolicy,
  exponentialRetryPolicy,
  type HttpClient,
  type Pipeline,
  type PipelinePolicy,
  type PipelineResponse,
  systemErrorRetryPolicy,
} from '@azure/core-rest-pipeline';

import { AzureError } from '../errors.ts';
import type { TokenSource } from '../token-source.ts';

/** A request that was answered, or failed. */
export interface SeenResponse {
  /** 0 when there was no answer. */
  status: number;
  header(name: string): string | undefined;
  /** The body of an answer that says no: the SDK's listings drop it and keep the status. */
  refusal: string | undefined;
  startedAt: number;
}

/** What is told about each request of a call, and what ends it. */
export interface CallScope {
  signal: AbortSignal;
  onResponse(response: SeenResponse): void;
  now(): number;
}

/**
 * The call a request belongs to. The SDK does not hand the options of a listing on to the requests of its further pages,
 * so that neither an abort signal nor a callback would reach them.
 */
const currentCall = new AsyncLocalStorage<CallScope>();

export function withinCall<T>(scope: CallScope, call: () => Promise<T>): Promise<T> {
  return currentCall.run(scope, call);
}

/** Dropped connections and 5xx are retried by the SDK; the waits are short, since somebody waits at a terminal. */
const RETRIES = { maxRetries: 3, retryDelayInMs: 200, maxRetryDelayInMs: 2000 };

const USER_AGENT = { userAgentPrefix: 'azfleet' };

export interface PipelineOptions {
  origin: string;
  tokens: TokenSource;
}

/** One pipeline for every client of a connection: the token, the proxy and the connections are shared. */
export function createArmPipeline({ origin, tokens }: PipelineOptions): Pipeline {
  const pipeline = createPipelineFromOptions({ userAgentOptions: USER_AGENT });
  // The SDK's default waits out 429s by itself, each request for itself. They belong to the runner, which sees the lane.
  pipeline.removePolicy({ name: defaultRetryPolicy().name });
  pipeline.addPolicy(exponentialRetryPolicy(RETRIES), { phase: 'Retry' });
  pipeline.addPolicy(systemErrorRetryPolicy(RETRIES), { phase: 'Retry' });
  pipeline.addPolicy(sameOriginPolicy(origin));
  pipeline.addPolicy(callPolicy());
  pipeline.addPolicy(reportPolicy(), { afterPhase: 'Retry' });
  pipeline.addPolicy(authenticationPolicy(tokens), { afterPolicies: [SAME_ORIGIN] });
  return pipeline;
}

const SAME_ORIGIN = 'azfleetSameOrigin';

/** A `nextLink` is data from outside: a token must not follow it to another host. */
function sameOriginPolicy(origin: string): PipelinePolicy {
  return {
    name: SAME_ORIGIN,
    sendRequest(request, next) {
      const url = new URL(request.url);
      if (url.origin === origin) return next(request);
      throw new AzureError('FOREIGN_HOST', `${origin} points to another host, ${url.origin}, which was not asked`, {
        category: 'azure',
        hint: 'Check the endpoint: its answers must stay on its own host.',
      });
    },
  };
}

function callPolicy(): PipelinePolicy {
  return {
    name: 'azfleetCall',
    sendRequest(request, next) {
      const call = currentCall.getStore();
      if (call !== undefined) request.abortSignal = call.signal;
      return next(request);
    },
  };
}

/** Sees each request that is really sent, repeated ones included. */
function reportPolicy(): PipelinePolicy {
  return {
    name: 'azfleetReport',
    async sendRequest(request, next) {
      const call = currentCall.getStore();
      const startedAt = call?.now() ?? 0;
      let response: PipelineResponse | undefined;
      try {
        response = await next(request);
        return response;
      } finally {
        const { status = 0, headers, bodyAsText } = response ?? {};
        const refusal = status >= 400 ? (bodyAsText ?? undefined) : undefined;
        call?.onResponse({ status, header: (name) => headers?.get(name), refusal, startedAt });
      }
    },
  };
}

/** The SDK's policy, which also answers claims challenges, with a source that knows stored tokens and forgets refused ones. */
function authenticationPolicy(tokens: TokenSource): PipelinePolicy {
  const authorize = async (request: { headers: { set(name: string, value: string): void } }): Promise<boolean> => {
    const { token } = await tokens.getToken();
    request.headers.set('Authorization', `Bearer ${token}`);
    return true;
  };
  return bearerTokenAuthenticationPolicy({
    credential: { getToken: (_scopes, options) => tokens.getToken(options?.claims ? { claims: options.claims } : {}) },
    scopes: [],
    challengeCallbacks: {
      async authorizeRequest({ request }) {
        await authorize(request);
      },
      async authorizeRequestOnChallenge({ request, response }) {
        // The token is good, but for another tenant's subscriptions: another one would be the same.
        if (response.bodyAsText?.includes('InvalidAuthenticationTokenTenant')) return false;
        tokens.reject((request.headers.get('Authorization') ?? '').replace(/^Bearer /, ''));
        return authorize(request);
      },
    },
  });
}

/** A GET without a token: for an endpoint's own metadata. */
export async function getJson(httpClient: HttpClient, url: string, signal: AbortSignal): Promise<unknown> {
  const pipeline = createPipelineFromOptions({
    userAgentOptions: USER_AGENT,
    retryOptions: RETRIES,
  });
  const headers = createHttpHeaders({ accept: 'application/json' });
  const request = createPipelineRequest({ url, headers, abortSignal: signal });
  const response = await pipeline.sendRequest(httpClient, request);
  if (response.status !== 200) {
    const message = `${url.replace(/\?.*/, '')} answered with status ${response.status}`;
    throw Object.assign(new Error(message), { statusCode: response.status });
  }
  return JSON.parse(response.bodyAsText ?? '') as unknown;
}
