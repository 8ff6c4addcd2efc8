import { type Socket, connect as connectTcp } from 'node:net';
import ssh2, {
  type AuthContext,
  type ParsedKey,
  type ServerChannel,
  type ServerConnection,
  type ServerSession,
} from 'ssh2';
import { type TestKey, makeKey } from './keys.ts';

export interface MachineOptions {
  /** What it presents. Default: one key for all machines of a test run, since making one takes time. */
  hostKeys?: TestKey[];
  /** Public keys, in base64, that may sign in. Default: any. */
  authorized?: string[];
  /** Sessions a connection, as sshd's MaxSessions. */
  maxSessions?: number;
  port?: number;
  /** Whether it forwards connections, as a jump host. */
  forwards?: boolean;
  /** Whether it breaks the connection instead of opening a session. */
  dropsSessions?: boolean;
  /** Methods to ask for besides the key. */
  alsoWants?: string[];
}

const sharedHostKey = makeKey();

/** A machine with an SSH server in this process. Its commands are those in `#run`. */
export class Machine {
  readonly hostKeys: readonly TestKey[];
  readonly commands: string[] = [];
  readonly signals: string[] = [];
  /** Authentication requests, as "method" or "publickey?" for a question without a signature. */
  readonly signIns: string[] = [];
  /** The public keys in them, in base64. */
  readonly keysOffered: string[] = [];
  readonly #options: MachineOptions;
  readonly #server: InstanceType<typeof ssh2.Server>;
  readonly #connections = new Set<ServerConnection>();
  readonly #sockets = new Set<Socket>();
  readonly #spares = new Map<ServerSession, ServerConnection>();
  #port = 0;
  accepted = 0;
  ready = 0;
  sessions = 0;
  mostSessions = 0;
  mostConnections = 0;
  /** Whether it hangs up on whoever connects. */
  hangsUp = false;
  /** Sessions that it refused. */
  refused = 0;
  /** Bytes of output that clients let through. */
  written = 0;

  static async start(options: MachineOptions = {}): Promise<Machine> {
    const machine = new Machine(options);
    await new Promise<void>((resolve) => machine.#server.listen(options.port ?? 0, '127.0.0.1', resolve));
    machine.#port = machine.#server.address().port;
    return machine;
  }

  private constructor(options: MachineOptions) {
    this.#options = options;
    this.hostKeys = options.hostKeys ?? [sharedHostKey];
    const hostKeys = this.hostKeys.map(({ privatePem }) => privatePem);
    this.#server = new ssh2.Server({ hostKeys }, (connection) => this.#serve(connection));
  }

  get port(): number {
    return this.#port;
  }

  get connections(): number {
    return this.#connections.size;
  }

  /** The line that known_hosts has for it. */
  knownHostsLine(name = `[127.0.0.1]:${this.#port}`, index = 0): string {
    const key = this.hostKeys[index];
    return `${name} ${key?.type} ${key?.publicKey}\n`;
  }

  /** Cuts all connections, as a crash does. */
  kill(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  /** Reads nothing any more, and closes nothing either. */
  freeze(): void {
    for (const socket of this.#sockets) socket.pause();
  }

  /** Closes the sessions that have no command yet. */
  closeSpareSessions(): void {
    for (const [session, { _protocol }] of this.#spares) _protocol.channelClose(session._chanInfo.outgoing.id);
  }

  rekey(): void {
    for (const connection of this.#connections) connection.rekey();
  }

  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    this.kill();
    await closed;
  }

  #serve(connection: ServerConnection): void {
    this.accepted += 1;
    if (this.hangsUp) connection._sock.destroy();
    this.#connections.add(connection);
    this.#sockets.add(connection._sock);
    this.mostConnections = Math.max(this.mostConnections, this.#connections.size);
    let open = 0;
    connection.on('error', () => {});
    connection.on('close', () => {
      this.#connections.delete(connection);
      this.#sockets.delete(connection._sock);
      this.sessions -= open;
    });
    connection.on('authentication', (context) => this.#authenticate(context));
    connection.on('ready', () => (this.ready += 1));
    connection.on('tcpip', (accept, reject, { destIP, destPort }) => {
      if (this.#options.forwards !== true) reject();
      else forward(accept, reject, destIP, destPort);
    });
    connection.on('session', (accept, reject) => {
      if (this.#options.dropsSessions === true) connection._sock.destroy();
      if (open >= (this.#options.maxSessions ?? Infinity)) {
        this.refused += 1;
        reject();
        return;
      }
      open += 1;
      this.sessions += 1;
      this.mostSessions = Math.max(this.mostSessions, this.sessions);
      const session = accept();
      this.#spares.set(session, connection);
      session.on('signal', (_accept, _reject, { name }) => this.signals.push(name));
      session.on('close', () => {
        this.#spares.delete(session);
        open -= 1;
        this.sessions -= 1;
      });
      session.on('exec', (acceptExec, rejectExec, { command }) => {
        this.#spares.delete(session);
        this.commands.push(command);
        if (command === 'refuse') rejectExec();
        else this.#run(command, acceptExec(), connection);
      });
    });
  }

  #authenticate(context: AuthContext): void {
    this.signIns.push(
      context.method === 'publickey' && context.signature === undefined ? 'publickey?' : context.method,
    );
    if (context.key !== undefined) this.keysOffered.push(context.key.data.toString('base64'));
    const { authorized, alsoWants } = this.#options;
    const isKnown = authorized === undefined || authorized.includes(context.key?.data.toString('base64') ?? '');
    if (context.method !== 'publickey' || !isKnown) {
      context.reject(['publickey']);
    } else if (context.signature === undefined) {
      context.accept();
    } else {
      const key = ssh2.utils.parseKey(context.key.data) as ParsedKey;
      if (!key.verify(context.blob ?? Buffer.alloc(0), context.signature, context.hashAlgo)) context.reject();
      else if (alsoWants) context.reject(alsoWants, true);
      else context.accept();
    }
  }

  /** The commands that a machine has: enough to see every way in which one can end. */
  #run(command: string, channel: ServerChannel, connection: ServerConnection): void {
    const [name = '', ...words] = command.split(' ');
    const text = words.join(' ');
    const end = (code: number | string): void => {
      channel.exit(code);
      channel.end();
    };
    channel.on('error', () => {});
    switch (name) {
      case 'true':
        end(0);
        return;
      case 'exit':
        end(Number(text));
        return;
      case 'signal':
        end(text);
        return;
      case 'echo':
        channel.write(`${text}\n`);
        end(0);
        return;
      case 'uptime':
        channel.write('up 2 weeks\n');
        end(0);
        return;
      case 'both':
        channel.write(`out ${text}\n`);
        channel.stderr.write(`err ${text}\n`);
        end(0);
        return;
      case 'cat':
        channel.on('data', (chunk: Buffer) => channel.write(chunk));
        channel.on('end', () => end(0));
        return;
      case 'count': {
        let bytes = 0;
        channel.on('data', (chunk: Buffer) => (bytes += chunk.length));
        channel.on('end', () => {
          channel.write(String(bytes));
          end(0);
        });
        return;
      }
      case 'bytes':
        this.#write(channel, Number(text), () => end(0));
        return;
      case 'mixed':
        this.#write(channel, Number(text), () => end(0), 'and a word of warning\n');
        return;
      case 'vanish':
        // No status, no signal.
        channel.close();
        return;
      case 'die':
        connection._sock.destroy();
        return;
      case 'goodbye':
        connection.end();
        return;
      case 'partial':
        channel.write(`${text}\n`, () => connection._sock.destroy());
        return;
      case 'hang':
        return;
      default:
        channel.stderr.write(`${name}: command not found\n`);
        end(127);
    }
  }

  /** Writes as the client takes it; what it has not taken yet does not count. */
  #write(channel: ServerChannel, bytes: number, done: () => void, aside = ''): void {
    const chunk = Buffer.alloc(32 * 1024, 'x');
    let left = bytes;
    const next = (): void => {
      if (left === 0) {
        done();
        return;
      }
      const part = chunk.subarray(0, Math.min(left, chunk.length));
      left -= part.length;
      if (aside !== '') channel.stderr.write(aside);
      channel.write(part, () => {
        this.written += part.length;
        next();
      });
    };
    next();
  }
}

function forward(accept: () => ServerChannel, reject: () => void, host: string, port: number): void {
  const socket = connectTcp({ host, port });
  socket.once('error', reject);
  socket.once('connect', () => {
    socket.off('error', reject);
    socket.on('error', () => {});
    const channel = accept();
    channel.on('error', () => {});
    channel.on('close', () => socket.destroy());
    socket.on('close', () => channel.close());
    channel.pipe(socket).pipe(channel);
  });
}
