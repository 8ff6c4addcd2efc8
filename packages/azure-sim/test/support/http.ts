import { request as httpRequest, type IncomingHttpHeaders, type RequestOptions } from 'node:http';
import { Agent, request as httpsRequest } from 'node:https';
import type { AzureSim } from '../../src/index.ts';

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  readonly body: any; // oxlint-disable-line typescript/no-explicit-any -- a test reads whatever is there
}

export interface AskOptions {
  readonly token?: string | undefined;
  readonly headers?: Record<string, string>;
  readonly method?: string;
  readonly content?: string;
  readonly signal?: AbortSignal;
  /** The name that the certificate is checked for, if it is not the host. */
  readonly servername?: string;
}

/** One request over node:https (or node:http, for the managed identity), without any SDK. */
export async function ask(sim: AzureSim, target: string, options: AskOptions = {}): Promise<Answer> {
  const url = new URL(target, sim.endpoint);
  const secure = url.protocol === 'https:';
  const send = secure ? httpsRequest : httpRequest;
  const authorization = options.token === undefined ? {} : { authorization: `Bearer ${options.token}` };
  const settings: RequestOptions = {
    method: options.method ?? 'GET',
    headers: { ...authorization, ...options.headers },
    ...(secure ? { agent: agentOf(sim) } : {}),
    ...(options.servername === undefined ? {} : { servername: options.servername }),
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  };
  return await new Promise((resolve, reject) => {
    const request = send(url, settings, (response) => {
      const chunks: Uint8Array[] = [];
      response.on('data', (chunk: Uint8Array) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        const body: unknown = text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) : undefined;
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text, body });
      });
    });
    request.on('error', reject);
    request.end(options.content);
  });
}

/** The items of a list's first page. */
export async function listOf(sim: AzureSim, target: string): Promise<Answer['body'][]> {
  const { body } = await ask(sim, target, { token: await tokenOf(sim) });
  return body.value as Answer['body'][];
}

/** A token for Resource Manager, from the managed identity. */
export async function tokenOf(
  sim: AzureSim,
  options: { clientId?: string | undefined; resource?: string } = {},
): Promise<string> {
  const query = new URLSearchParams({ 'api-version': '2019-08-01', resource: options.resource ?? `${sim.endpoint}/` });
  if (options.clientId !== undefined) query.set('client_id', options.clientId);
  const headers = { 'x-identity-header': sim.env['IDENTITY_HEADER'] ?? '' };
  const answer = await ask(sim, `${sim.env['IDENTITY_ENDPOINT']}?${query.toString()}`, { headers });
  return answer.body.access_token as string;
}

/** Paths of the first subscription, with an api-version. */
export function pathsOf(sim: AzureSim, subscriptionId = sim.subscriptions[0].id) {
  const subscription = `/subscriptions/${subscriptionId}`;
  const group = (name: string): string => `${subscription}/resourceGroups/${name}`;
  const compute = 'providers/Microsoft.Compute/virtualMachines';
  const network = 'providers/Microsoft.Network';
  const version = 'api-version=2024-07-01';
  return {
    subscription: `${subscription}?${version}`,
    group,
    vms: `${subscription}/${compute}?${version}`,
    vmStatus: `${subscription}/${compute}?statusOnly=true&${version}`,
    vmsOf: (name: string) => `${group(name)}/${compute}?${version}`,
    vm: (name: string, vm: string, rest = '') =>
      `${group(name)}/${compute}/${vm}${rest}${rest.includes('?') ? '&' : '?'}${version}`,
    nics: `${subscription}/${network}/networkInterfaces?${version}`,
    publicIps: `${subscription}/${network}/publicIPAddresses?${version}`,
    version,
  };
}

const agents = new WeakMap<AzureSim, Agent>();

function agentOf(sim: AzureSim): Agent {
  const agent = agents.get(sim) ?? new Agent({ ca: sim.ca, keepAlive: true });
  agents.set(sim, agent);
  return agent;
}
