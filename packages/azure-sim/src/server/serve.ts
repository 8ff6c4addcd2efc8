import type { IncomingMessage, ServerResponse } from 'node:http';
import { exchange, type Conditions, type Service } from './exchange.ts';
import { listen, type Listener, type ListenOptions } from './listener.ts';
import { receive } from './receive.ts';

/** A service that can be reached. */
export interface Served {
  /** For example `https://127.0.0.1:41234`. */
  readonly origin: string;
  close(): Promise<void>;
}

/** Listens, and answers what comes with the service that `make` gives for the origins at which it can be reached. */
export async function serve(
  options: ListenOptions,
  conditions: Conditions,
  make: (origins: readonly [string, ...string[]]) => Service,
): Promise<Served> {
  const listener = await listen(options);
  const origins = originsOf(options, listener);
  const known = new Set(origins);
  const service = make(origins);
  listener.server.on('request', (message, response) => {
    // A client that goes away in the middle of its request is no concern of the simulator's.
    handle(message, response, conditions, service, known).catch(() => response.destroy());
  });
  return { origin: origins[0], close: () => listener.close() };
}

async function handle(
  message: IncomingMessage,
  response: ServerResponse,
  conditions: Conditions,
  service: Service,
  origins: ReadonlySet<string>,
): Promise<void> {
  const request = await receive(message, origins);
  if (request === undefined) response.writeHead(413).end();
  else await exchange(conditions, service, request, response);
}

function originsOf({ host, identity }: ListenOptions, { port }: Listener): readonly [string, ...string[]] {
  const scheme = identity === undefined ? 'http' : 'https';
  const first = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  const origin = (name: string): string => `${scheme}://${name.includes(':') ? `[${name}]` : name}:${port}`;
  return [origin(first), ...['127.0.0.1', 'localhost', '::1'].filter((name) => name !== first).map(origin)];
}
