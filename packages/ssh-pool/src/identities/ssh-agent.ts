import { type Socket, connect } from 'node:net';
import { type Clock, Timer } from '../clock.ts';
import { WireReader, string, uint32 } from './wire.ts';

/** A key that the SSH agent holds. */
export interface AgentKey {
  readonly blob: Buffer;
  readonly type: string;
  readonly comment: string;
}

interface Request {
  readonly resolve: (answer: Buffer) => void;
  readonly reject: (error: Error) => void;
}

// draft-ietf-sshm-ssh-agent, 5.1 and 5.3.
const requestIdentities = 11;
const identitiesAnswer = 12;
const signRequest = 13;
const signResponse = 14;
const signatureFlags: Readonly<Record<string, number>> = { 'rsa-sha2-256': 2, 'rsa-sha2-512': 4 };

const listTimeoutMs = 5000;
const listFreshMs = 1000;
const largestMessage = 1024 * 1024;

/**
 * The user's SSH agent. All requests share one socket, which is open only while there are any: a fleet's worth of
 * hand-shakes takes one descriptor, and none is left behind.
 */
export class SshAgent {
  readonly #path: string;
  readonly #clock: Clock;
  readonly #queue: Request[] = [];
  #socket: Socket | undefined;
  #received: Buffer = Buffer.alloc(0);
  #listed: { atMs: number; keys: Promise<AgentKey[]> } | undefined;

  constructor(path: string, clock: Clock) {
    this.#path = path;
    this.#clock = clock;
  }

  /** The keys that it holds; asked for once for all hand-shakes of a second. */
  list(): Promise<AgentKey[]> {
    const now = this.#clock.now();
    if (this.#listed === undefined || now - this.#listed.atMs >= listFreshMs) {
      this.#listed = { atMs: now, keys: this.#list() };
    }
    return this.#listed.keys;
  }

  /** The bare signature. May take as long as the person does: to confirm, or to touch a key. */
  async sign(blob: Buffer, data: Buffer, algorithm: string): Promise<Buffer> {
    const flags = signatureFlags[algorithm] ?? 0;
    const answer = await this.#ask(signRequest, Buffer.concat([string(blob), string(data), uint32(flags)]));
    if (answer[0] !== signResponse) throw new Error('The SSH agent refused to sign');
    const signature = new WireReader(new WireReader(answer, 1).string() ?? Buffer.alloc(0));
    const made = signature.text();
    const bare = signature.string();
    if (made !== algorithm || bare === undefined) throw new Error(`The SSH agent cannot make ${algorithm} signatures`);
    return bare;
  }

  close(): void {
    this.#fail(new Error('The SSH agent is no longer needed'));
  }

  async #list(): Promise<AgentKey[]> {
    const timer = new Timer(this.#clock);
    timer.set(listTimeoutMs, () => this.#fail(new Error('The SSH agent does not answer')));
    try {
      return parseKeys(await this.#ask(requestIdentities, Buffer.alloc(0)));
    } finally {
      timer.clear();
    }
  }

  #ask(type: number, body: Buffer): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ resolve, reject });
      this.#socket ??= this.#open();
      this.#socket.write(Buffer.concat([uint32(body.length + 1), Buffer.from([type]), body]));
    });
  }

  #open(): Socket {
    const socket = connect(this.#path);
    this.#received = Buffer.alloc(0);
    socket.on('data', (chunk) => this.#take(socket, chunk));
    socket.on('error', (error) => this.#failIfCurrent(socket, error));
    socket.on('close', () => this.#failIfCurrent(socket, new Error('The SSH agent closed the connection')));
    return socket;
  }

  #take(socket: Socket, chunk: Buffer): void {
    if (socket !== this.#socket) return;
    this.#received = Buffer.concat([this.#received, chunk]);
    while (this.#received.length >= 4) {
      const length = this.#received.readUInt32BE(0);
      if (length > largestMessage) {
        this.#fail(new Error('The SSH agent does not speak its protocol'));
        return;
      }
      if (this.#received.length < 4 + length) return;
      const answer = this.#received.subarray(4, 4 + length);
      this.#received = this.#received.subarray(4 + length);
      this.#queue.shift()?.resolve(answer);
    }
    if (this.#queue.length === 0) {
      this.#socket = undefined;
      socket.end();
    }
  }

  #failIfCurrent(socket: Socket, error: Error): void {
    if (socket === this.#socket) this.#fail(error);
  }

  #fail(error: Error): void {
    const socket = this.#socket;
    this.#socket = undefined;
    socket?.destroy();
    this.#listed = undefined;
    for (const request of this.#queue.splice(0)) request.reject(error);
  }
}

function parseKeys(answer: Buffer): AgentKey[] {
  const reader = new WireReader(answer, 1);
  if (answer[0] !== identitiesAnswer) throw new Error('The SSH agent does not list its keys');
  const keys: AgentKey[] = [];
  for (let left = reader.uint32() ?? 0; left > 0; left -= 1) {
    const blob = reader.string();
    const comment = reader.text();
    if (blob === undefined || comment === undefined) throw new Error('The SSH agent sent half a list of keys');
    keys.push({ blob, comment, type: new WireReader(blob).text() ?? '' });
  }
  return keys;
}
