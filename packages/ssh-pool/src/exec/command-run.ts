import { type Clock, Timer } from '../clock.ts';
import type { ConnectionUser } from '../connection/connection-user.ts';
import type { Connection } from '../connection/connection.ts';
import { type Route, lastHop } from '../connection/hop.ts';
import type { SessionWaiter } from '../connection/session-gate.ts';
import { SshPoolError, asSent, seconds } from '../errors.ts';
import { commandDone } from '../events.ts';
import type { ConnectionRequest, Connections } from '../pool/connections.ts';
import type { TimeLimits } from '../pool/options.ts';
import type { RawChannel } from '../ssh2/raw-channel.ts';
import { CommandOutput } from './command-output.ts';
import type { ExecOptions, ExecRequest, ExecResult, Execution } from './request.ts';
import { feed } from './stdin.ts';

export interface CommandServices {
  readonly connections: Connections;
  readonly clock: Clock;
  readonly limits: Required<TimeLimits>;
}

// A connection that has died unnoticed costs one try; more than a few in a row are no accident.
const mostTries = 3;

/**
 * One command on its way.
 *
 * ```
 * waiting ──place──▶ connecting ──hand-shake──▶ waiting ──session──▶ running ──closed──▶ done
 *    ▲   (open connection: straight on)            │
 *    └──────────── connection lost, not sent ──────┘
 * ```
 */
export class CommandRun implements ConnectionUser, SessionWaiter, ConnectionRequest {
  readonly route: Route;
  readonly connectMs: number;
  readonly execution: Execution;
  readonly #request: ExecRequest;
  readonly #options: ExecOptions;
  readonly #services: CommandServices;
  readonly #output: CommandOutput;
  readonly #result = Promise.withResolvers<ExecResult>();
  readonly #timer: Timer;
  readonly #timings = { waitMs: 0, connectMs: 0, commandMs: 0 };
  #phase: 'waiting' | 'connecting' | 'running' | 'done' = 'waiting';
  #phaseSinceMs: number;
  #tries = 0;
  #connection: Connection | undefined;
  #wasOpen = false;
  #isEstablished = false;
  #session: RawChannel | undefined;
  #stopInput: (() => void) | undefined;
  #onEnd: (() => void) | undefined;
  #exit: { exitCode: number | null; signal: string | null } = { exitCode: null, signal: null };

  constructor(route: Route, request: ExecRequest, options: ExecOptions, services: CommandServices) {
    this.route = route;
    this.connectMs = services.limits.connectMs;
    this.#request = request;
    this.#options = options;
    this.#services = services;
    this.#timer = new Timer(services.clock);
    this.#phaseSinceMs = services.clock.now();
    this.#output = new CommandOutput(request.collect, (bytes) => this.#session?.consumed(bytes));
    this.execution = { stdout: this.#output.stdout, stderr: this.#output.stderr, result: this.#result.promise };
    // Who reads only the streams learns of the failure there.
    this.#result.promise.catch(() => {});
  }

  get isWaiting(): boolean {
    return this.#phase === 'waiting';
  }

  /** Whether the command was sent, on a connection that was open before. */
  get wasSentWarm(): boolean {
    return this.#session !== undefined && this.#wasOpen;
  }

  /** Settles, always without an error, when the command is over. */
  get done(): Promise<unknown> {
    return this.#result.promise.catch(() => undefined);
  }

  /** @param onEnd Called once, when it is over and nothing of it is left. */
  start(onEnd: () => void): void {
    this.#onEnd = onEnd;
    const { signal } = this.#options;
    if (signal?.aborted === true) {
      this.fail(signal.reason);
      return;
    }
    signal?.addEventListener('abort', this.#onAbort, { once: true });
    this.#ask();
  }

  onConnection(connection: Connection, reused: boolean): void {
    this.#connection = connection;
    this.#wasOpen = reused;
    if (!reused) {
      this.#enter('connecting');
      this.#watchConnect(connection);
    }
    connection.join(this);
  }

  onOpen(): void {
    this.#enter('waiting');
    this.#watchWait();
    try {
      if (!this.#isEstablished) this.#options.onEstablished?.();
    } catch (error) {
      this.fail(error);
    }
    this.#isEstablished = true;
    this.#connection?.acquireSession(this);
  }

  onSession(session: RawChannel): void {
    this.#enter('running');
    this.#session = session;
    session.listen({
      onData: (chunk) => this.#output.onData(chunk),
      onErrorData: (chunk) => this.#output.onErrorData(chunk),
      onEof: () => this.#output.end(),
      onExit: (exitCode, signal) => (this.#exit = { exitCode, signal }),
      onClose: (lost) => {
        if (!lost) this.#succeed();
      },
    });
    const { commandMs } = this.#services.limits;
    this.#timer.set(commandMs, () =>
      this.fail(this.#error('SSH_COMMAND_TIMEOUT', `not finished after ${seconds(commandMs)}`)),
    );
    session.exec(this.#request.command, (answer) => {
      if (answer === 'refused') this.#refused();
      if (answer === 'closed')
        this.fail(this.#error('SSH_CONNECTION_LOST', 'the server closed the session without an answer'));
    });
    this.#stopInput = feed(session, this.#options.stdin, (cause) => {
      this.fail(this.#error('SSH_STDIN_FAILED', 'the input for the command could not be read', cause));
    });
  }

  onFail(error: SshPoolError): void {
    const hadHandshake = this.#wasOpen || this.#phase === 'waiting';
    this.#connection = undefined;
    // Not sent: nobody can tell the difference. A hand-shake that failed is not repeated here.
    if (
      this.#session === undefined &&
      hadHandshake &&
      error.code === 'SSH_CONNECTION_LOST' &&
      this.#tries < mostTries
    ) {
      this.#enter('waiting');
      this.#ask();
      return;
    }
    this.fail(error);
  }

  onRefused(error: SshPoolError): void {
    this.fail(error);
  }

  /** Ends the command with an error. */
  fail(reason: unknown): void {
    if (this.#phase === 'done') return;
    const error = this.#session !== undefined && reason instanceof SshPoolError ? asSent(reason) : reason;
    this.#finish();
    if (this.#session !== undefined) {
      this.#session.signal('TERM');
      this.#session.close();
    }
    this.#output.fail(error);
    this.#announce({ error });
    this.#result.reject(error);
  }

  readonly #onAbort = (): void => this.fail(this.#options.signal?.reason);

  #ask(): void {
    this.#tries += 1;
    this.#watchWait();
    this.#services.connections.request(this);
  }

  #succeed(): void {
    if (this.#phase === 'done') return;
    this.#finish();
    this.#output.end();
    this.#announce(this.#exit);
    this.#result.resolve({
      ...this.#exit,
      reused: this.#wasOpen,
      timings: { ...this.#timings },
      ...this.#output.collected(),
    });
  }

  #refused(): void {
    const error = this.#error('SSH_EXEC_REFUSED', 'the server refused to run the command');
    // It said so: the command did not run.
    this.#session?.close();
    this.#session = undefined;
    this.fail(error);
  }

  /** Leaves everything as if it had never been there. */
  #finish(): void {
    this.#enter('done');
    this.#timer.clear();
    this.#stopInput?.();
    this.#options.signal?.removeEventListener('abort', this.#onAbort);
    this.#services.connections.cancel(this);
    const connection = this.#connection;
    this.#connection = undefined;
    connection?.cancelSession(this);
    connection?.leave(this);
    this.#onEnd?.();
  }

  #enter(phase: 'waiting' | 'connecting' | 'running' | 'done'): void {
    const now = this.#services.clock.now();
    const part = ({ waiting: 'waitMs', connecting: 'connectMs', running: 'commandMs', done: undefined } as const)[
      this.#phase
    ];
    if (part !== undefined) this.#timings[part] += now - this.#phaseSinceMs;
    this.#phase = phase;
    this.#phaseSinceMs = now;
  }

  #watchWait(): void {
    const { waitMs } = this.#services.limits;
    this.#timer.set(waitMs - this.#timings.waitMs, () => {
      const what = this.#connection === undefined ? 'place in the pool' : 'session';
      this.fail(this.#error('SSH_WAIT_TIMEOUT', `no ${what} was free within ${seconds(waitMs)}`));
    });
  }

  #watchConnect(connection: Connection): void {
    this.#timer.set(this.connectMs, () => {
      if (connection.isAsking) this.#watchConnect(connection);
      else this.fail(connection.timedOut(this.connectMs));
    });
  }

  #error(code: SshPoolError['code'], what: string, cause?: unknown): SshPoolError {
    const { label } = lastHop(this.route);
    return new SshPoolError(code, `${label}: ${what}.`, { target: label, cause });
  }

  #announce(outcome: object): void {
    if (!commandDone.hasSubscribers) return;
    const { label } = lastHop(this.route);
    commandDone.publish({ target: label, reused: this.#wasOpen, timings: { ...this.#timings }, ...outcome });
  }
}
