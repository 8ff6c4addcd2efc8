import { Buffer } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import { Query, type SimRequest } from './request.ts';

const maxBodyBytes = 64 * 1_024;

/** Reads a request, its body included, which only a sign-in has. `undefined`: it is too large to be one. */
export async function receive(message: IncomingMessage, origins: ReadonlySet<string>): Promise<SimRequest | undefined> {
  const body = await readBody(message);
  if (body === undefined) return undefined;
  const target = message.url ?? '/';
  const [path = '/', query = ''] = target.split(/\?(.*)/s);
  const [fallback = ''] = origins;
  const asked = `${fallback.split('://')[0]}://${message.headers.host}`.toLowerCase();
  return {
    method: message.method ?? 'GET',
    target,
    path: path.replaceAll(/\/{2,}/g, '/'),
    query: new Query(query),
    headers: message.headers,
    form: new Query(body),
    // A link never leads to a host that only the client's header names.
    origin: origins.has(asked) ? asked : fallback,
  };
}

async function readBody(message: IncomingMessage): Promise<string | undefined> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of message as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > maxBodyBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}
