import { readFileSync } from 'node:fs';
import { Agent } from 'node:https';
import tls from 'node:tls';

import { createDefaultHttpClient, type HttpClient, type PipelineRequest } from '@azure/core-rest-pipeline';

import type { AzureConnection } from '../connection.ts';
import { AzureError } from '../errors.ts';
import { bypassesProxy, checkProxy } from '../proxy.ts';

/** The SDK's HTTP client, with connections that are kept, trust that can be added to, and an end. */
export interface Transport {
  httpClient: HttpClient;
  /** Ends what is under way, and closes idle and open connections. */
  close(): void;
}

/** What an agent of the SDK's proxy support and one of ours have in common. */
interface CloseableAgent {
  keepAlive?: boolean;
  destroy(): void;
}

/** Many subscriptions are listed at once: more requests than these wait for a connection to be free. */
const MAX_CONNECTIONS = 64;

/** @throws AzureError `CA_FILE_UNREADABLE`, `PROXY_INVALID` */
export function createTransport(connection: Pick<AzureConnection, 'caFile' | 'env'>): Transport {
  checkProxy(connection.env);
  const isDirect = bypassesProxy(connection.env);
  const client = createDefaultHttpClient();
  const secureContext = connection.caFile === undefined ? undefined : addedTrust(connection.caFile, connection.env);
  const direct = new Agent({ keepAlive: true, maxSockets: MAX_CONNECTIONS });
  const agents = new Set<CloseableAgent>([direct]);
  const underWay = new Set<AbortController>();
  return {
    httpClient: {
      sendRequest(request) {
        const isTls = request.url.startsWith('https:');
        // Plain http is for the endpoint of a managed identity only, on this machine or its host. A proxy could not reach
        // it, and must not see the secret that goes there.
        if (!isTls || isDirect) delete request.agent;
        // The SDK's proxy policy has set an agent when the environment asks for a proxy. It closes each connection after
        // one request unless told otherwise, and drops the client's TLS settings: the trust goes with the request.
        if (request.agent !== undefined) {
          const agent = request.agent as CloseableAgent;
          agent.keepAlive = true;
          agents.add(agent);
          // Without the protocol the agent files a connection that is free under another name than it looks for.
          request.requestOverrides = { ...request.requestOverrides, protocol: 'https:' };
        } else if (isTls) {
          request.agent = direct;
        }
        if (isTls && secureContext !== undefined) {
          request.requestOverrides = { ...request.requestOverrides, secureContext };
        }
        return endedBy(underWay, request, () => client.sendRequest(request));
      },
    },
    close() {
      for (const controller of underWay) controller.abort();
      for (const agent of agents) agent.destroy();
    },
  };
}

/**
 * A credential's requests have no signal of ours, and its SDK would repeat one that lost its connection. Only what is
 * under way is ended: the SDK makes a managed identity's later requests, of the whole process, through its first client.
 */
async function endedBy<T>(
  underWay: Set<AbortController>,
  request: PipelineRequest,
  send: () => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const own = request.abortSignal as AbortSignal | undefined;
  request.abortSignal = own === undefined ? controller.signal : AbortSignal.any([own, controller.signal]);
  underWay.add(controller);
  try {
    return await send();
  } finally {
    underWay.delete(controller);
    if (own === undefined) delete request.abortSignal;
    else request.abortSignal = own;
  }
}

/** The authorities Node trusts by default, and those of the file: one context for all connections, since making it is slow. */
function addedTrust(caFile: string, env: AzureConnection['env']): tls.SecureContext {
  try {
    return tls.createSecureContext({ ca: [...defaultAuthorities(env), readFileSync(caFile, 'utf8')] });
  } catch (cause) {
    throw new AzureError('CA_FILE_UNREADABLE', `The CA file ${caFile} cannot be used: ${(cause as Error).message}`, {
      category: 'configuration',
      hint: 'ca_file must name a readable file with certificates in PEM format.',
      cause,
    });
  }
}

function defaultAuthorities(env: AzureConnection['env']): readonly string[] {
  // Node before 22.15 has no such function.
  const { getCACertificates }: Partial<typeof tls> = tls;
  if (getCACertificates !== undefined) return getCACertificates('default');
  const extra = env['NODE_EXTRA_CA_CERTS'];
  return extra ? [...tls.rootCertificates, readFileSync(extra, 'utf8')] : tls.rootCertificates;
}
