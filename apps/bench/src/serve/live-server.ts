import { randomBytes, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { BenchError } from '../errors.ts';
import { ExitCode } from '../exit-codes.ts';

export interface LiveServerOptions {
  /** The page at the server's address. */
  readonly page: string;
  /** The policy that goes with it. */
  readonly policy: string;
  /** What a page is told when it connects: all that it has missed. */
  present(): readonly LiveEvent[];
  /** @default 0, any free one */
  readonly port?: number | undefined;
}

/** One event of a stream: a page listens by its name. */
export interface LiveEvent {
  readonly name: string;
  readonly data: unknown;
}

/**
 * One page and its events, for the person at this machine only: it listens on the loopback interface, its address has a
 * random part that nobody else knows, and a name other than its own in the Host header is refused, so that no other site
 * can reach it by giving its own name this address (DNS rebinding).
 */
export class LiveServer implements AsyncDisposable {
  readonly #options: LiveServerOptions;
  readonly #token = randomBytes(TOKEN_BYTES).toString('base64url');
  readonly #listeners = new Set<ServerResponse>();
  readonly #server: Server;

  private constructor(options: LiveServerOptions) {
    this.#options = options;
    this.#server = createServer((request, response) => this.#answer(request, response));
    this.#server.maxConnections = MAX_CONNECTIONS;
  }

  /** @throws BenchError where the port is not free */
  static async start(options: LiveServerOptions): Promise<LiveServer> {
    const server = new LiveServer(options);
    server.#server.listen(options.port ?? 0, LOOPBACK);
    try {
      await once(server.#server, 'listening');
    } catch (cause) {
      const { code = String(cause) } = cause as NodeJS.ErrnoException;
      const reason = code === 'EADDRINUSE' ? 'is in use' : `cannot be used (${code})`;
      throw new BenchError('BENCH_OUTPUT', `port ${options.port ?? 0} ${reason}`, {
        hint: 'leave --port out for any free one',
        exitCode: ExitCode.failed,
        cause,
      });
    }
    return server;
  }

  /** Whoever has it can see the page. */
  get url(): string {
    return `http://${LOOPBACK}:${this.#port}/${this.#token}/`;
  }

  /** How many pages listen. */
  get listeners(): number {
    return this.#listeners.size;
  }

  publish(event: LiveEvent): void {
    for (const response of this.#listeners) {
      // A page that does not read is let go: it connects again when it wakes up, and is told everything that is.
      if (response.writableLength > MAX_BEHIND_BYTES) response.destroy();
      else response.write(encoded(event));
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const response of this.#listeners) response.end();
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeIdleConnections();
    // Who still holds a connection after its last answer is not waited for.
    setImmediate(() => this.#server.closeAllConnections());
    await closed;
  }

  get #port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const refusal = this.#refusal(request);
    if (refusal !== undefined) {
      response.writeHead(refusal.status, { ...SAFE_HEADERS, 'content-type': 'text/plain; charset=utf-8' });
      response.end(`${refusal.text}\n`);
      return;
    }
    if (request.url?.endsWith('/events')) this.#stream(request, response);
    else this.#showPage(request, response);
  }

  #refusal({ method, headers, url = '' }: IncomingMessage): { status: number; text: string } | undefined {
    const isOwnName = headers.host === `${LOOPBACK}:${this.#port}` || headers.host === `localhost:${this.#port}`;
    if (!isOwnName) return { status: 403, text: 'not under this name' };
    const [, token = '', rest, ...more] = url.split('/');
    const isKnown = more.length === 0 && (rest === '' || rest === 'events');
    if (!isKnown || !isSame(token, this.#token)) return { status: 404, text: 'nothing here' };
    if (method !== 'GET' && method !== 'HEAD') return { status: 405, text: 'only GET' };
    return undefined;
  }

  #showPage({ method }: IncomingMessage, response: ServerResponse): void {
    response.writeHead(200, {
      ...SAFE_HEADERS,
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': `${this.#options.policy}; frame-ancestors 'none'`,
    });
    response.end(method === 'HEAD' ? undefined : this.#options.page);
  }

  #stream({ method }: IncomingMessage, response: ServerResponse): void {
    response.writeHead(200, { ...SAFE_HEADERS, 'content-type': 'text/event-stream; charset=utf-8' });
    if (method === 'HEAD') {
      response.end();
      return;
    }
    this.#listeners.add(response);
    response.on('close', () => this.#listeners.delete(response));
    response.write(`retry: ${RETRY_MS}\n\n`);
    for (const event of this.#options.present()) response.write(encoded(event));
  }
}

const LOOPBACK = '127.0.0.1';
const TOKEN_BYTES = 24;
const MAX_CONNECTIONS = 64;
const MAX_BEHIND_BYTES = 16 * 1024 * 1024;
/** How soon a page that has lost its connection tries again. */
const RETRY_MS = 1000;

const SAFE_HEADERS = {
  'cache-control': 'no-store',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

/** JSON has no line breaks outside of its escapes, so that one `data:` line holds it. */
function encoded({ name, data }: LiveEvent): string {
  return `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
}

/** As long for a wrong guess as for a right one. */
function isSame(guess: string, token: string): boolean {
  const [a, b] = [Buffer.from(guess), Buffer.from(token)];
  return a.length === b.length && timingSafeEqual(a, b);
}
