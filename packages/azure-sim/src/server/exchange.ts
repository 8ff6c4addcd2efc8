import { Buffer } from 'node:buffer';
import { channel } from 'node:diagnostics_channel';
import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { pause, type Clock } from '../clock.ts';
import type { Random } from '../random.ts';
import { faultReply } from './fault-reply.ts';
import type { Fault, Faults } from './faults.ts';
import type { Reply } from './reply.ts';
import type { RequestKind } from './request-kind.ts';
import type { SimRequest } from './request.ts';
import type { StatsCounter } from './stats.ts';

/** What a server does with a request: tell what it is, and answer it. */
export interface Service {
  route(request: SimRequest): { kind: RequestKind; subscriptionId: string | undefined; answer: () => Reply };
}

/** What all requests of a simulator share. */
export interface Conditions {
  readonly clock: Clock;
  readonly faults: Faults;
  readonly stats: StatsCounter;
  readonly random: Random;
  readonly latencyMs: number;
  readonly jitterMs: number;
}

const answered = channel('azfleet:azure-sim:request');

/**
 * One request, from its arrival to the last byte of its answer. The answer is made on arrival and then held back for the
 * latency: what a client gets is the state at the time at which it asked.
 */
export async function exchange(
  conditions: Conditions,
  service: Service,
  request: SimRequest,
  response: ServerResponse,
): Promise<void> {
  const { clock, faults, stats } = conditions;
  const arrivedAt = clock.now();
  const { kind, subscriptionId, answer } = service.route(request);
  const end = stats.begin(kind);
  const fault = faults.match({ kind, subscriptionId, target: request.target });
  const reply = fault?.status === undefined ? answer() : faultReply(fault, fault.status);
  const signal = goneSignal(response);
  await pause(clock, latency(conditions) + (fault?.delayMs ?? 0), signal);
  const outcome = await deliver(request, response, reply, fault, signal);
  end(outcome);
  if (answered.hasSubscribers) {
    const { method, target } = request;
    answered.publish({ kind, method, target, outcome, durationMs: clock.now() - arrivedAt });
  }
}

/** Sends the reply, or does to the connection what the fault wants. Returns what to count. */
async function deliver(
  request: SimRequest,
  response: ServerResponse,
  reply: Reply,
  fault: Fault | undefined,
  signal: AbortSignal,
): Promise<string> {
  if (signal.aborted) return 'aborted';
  if (fault?.drop) {
    response.socket?.destroy();
    return 'dropped';
  }
  if (fault?.hang) {
    await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
    return 'hung';
  }
  const body = Buffer.from(reply.body === undefined ? '' : JSON.stringify(reply.body));
  response.writeHead(reply.status, { ...commonHeaders(request, body.length), ...reply.headers });
  if (fault?.truncate) {
    response.write(body.subarray(0, body.length >> 1), () => response.socket?.destroy());
    return 'truncated';
  }
  response.end(body);
  return String(reply.status);
}

/** Aborted when the client goes away, or the simulator closes and takes the connection away. */
function goneSignal(response: ServerResponse): AbortSignal {
  const gone = new AbortController();
  if (response.destroyed) gone.abort();
  response.once('close', () => gone.abort());
  return gone.signal;
}

function latency({ random, latencyMs, jitterMs }: Conditions): number {
  return latencyMs + (jitterMs === 0 ? 0 : random.next() * jitterMs);
}

function commonHeaders({ headers }: SimRequest, contentLength: number): Record<string, string> {
  const requestId = randomUUID();
  const given = (name: string): string | undefined => {
    const value = headers[name];
    return typeof value === 'string' ? value : undefined;
  };
  const clientRequestId = given('x-ms-client-request-id');
  return {
    'cache-control': 'no-cache',
    'content-type': 'application/json; charset=utf-8',
    'content-length': String(contentLength),
    'x-content-type-options': 'nosniff',
    'x-ms-request-id': requestId,
    'x-ms-correlation-request-id': given('x-ms-correlation-request-id') ?? requestId,
    ...(clientRequestId === undefined ? {} : { 'x-ms-client-request-id': clientRequestId }),
  };
}
