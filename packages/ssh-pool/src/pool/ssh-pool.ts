import type { ConnectServices } from '../connection/connect.ts';
import { isOutOfDescriptors, outOfDescriptors, poolClosed } from '../errors.ts';
import { CommandRun } from '../exec/command-run.ts';
import { type ExecOptions, type ExecRequest, type Execution, validateRequest } from '../exec/request.ts';
import { OutputStream } from '../exec/output-stream.ts';
import { HostKeyStore } from '../host-keys/host-key-store.ts';
import { KnownHostsFiles } from '../host-keys/known-hosts-file.ts';
import { Identities } from '../identities/identities.ts';
import { Passphrases } from '../identities/passphrases.ts';
import { type RouteServices, resolveRoute } from '../route/resolve-route.ts';
import { ConfigFiles } from '../ssh-config/config-lines.ts';
import { type Target, validateTarget } from '../target.ts';
import { Connections } from './connections.ts';
import type { SshPoolOptions } from './options.ts';
import { type PoolSettings, limitsOf, settingsOf } from './settings.ts';

export interface SshPoolStats {
  /** Connections that are open, being opened or being closed. */
  readonly connections: number;
  /** Those of them whose hand-shake is under way. */
  readonly connecting: number;
  /** Those of them that are open without a user. */
  readonly idle: number;
  /** Sessions with a command on them. */
  readonly channels: number;
  /** Commands that wait for a place in the pool or for a session. */
  readonly waiting: number;
  /** Commands so far that found their connection open. */
  readonly reused: number;
  /** Hand-shakes so far that came through. */
  readonly handshakes: number;
}

/**
 * Runs commands on machines over SSH: one connection a machine, kept for the next command, many commands on it at once.
 *
 * @example
 * ```ts
 * await using pool = new SshPool({ maxConnections: 50 });
 * const { result } = pool.exec({ host: '10.0.0.4', user: 'ops' }, { command: 'uptime', collect: { maxBytes: 65_536 } });
 * const { exitCode, stdout } = await result;
 * ```
 */
export class SshPool implements AsyncDisposable {
  readonly #settings: PoolSettings;
  readonly #routeServices: RouteServices;
  readonly #connections: Connections;
  readonly #identities: Identities;
  readonly #running = new Set<CommandRun>();
  #reused = 0;
  #isClosed = false;
  #closing: Promise<void> | undefined;

  /** @throws {@link SshPoolError} `SSH_INVALID_OPTION` */
  constructor(options: SshPoolOptions = {}) {
    const settings = settingsOf(options);
    const passphrases = new Passphrases(settings.prompt, settings.environment.env);
    this.#settings = settings;
    this.#identities = new Identities(passphrases, settings.clock);
    this.#routeServices = { ...settings, configFiles: new ConfigFiles(), identities: this.#identities };
    const services: ConnectServices = {
      connector: settings.connector,
      identities: this.#identities,
      knownHosts: new KnownHostsFiles(),
      hostKeyStore: new HostKeyStore(),
    };
    this.#connections = new Connections({ ...settings, isAsking: () => passphrases.isAsking }, services);
  }

  /**
   * Runs a command. Returns at once; everything that can go wrong is told by the result. The command is sent once: it
   * is tried again on another connection only as long as it was not sent.
   */
  exec(target: Target, request: ExecRequest, options: ExecOptions = {}): Execution {
    let run: CommandRun;
    try {
      if (this.#isClosed) throw poolClosed();
      validateTarget(target);
      validateRequest(request);
      const limits = limitsOf(request.limits, this.#settings.limits);
      const services = { connections: this.#connections, clock: this.#settings.clock, limits };
      run = new CommandRun(resolveRoute(target, this.#routeServices), request, options, services);
    } catch (error) {
      return failed(isOutOfDescriptors(error) ? outOfDescriptors(target.host, error) : error);
    }
    this.#running.add(run);
    run.start(() => this.#ended(run));
    return run.execution;
  }

  stats(): SshPoolStats {
    const waiting = [...this.#running].filter(({ isWaiting }) => isWaiting).length;
    return { ...this.#connections.stats(), waiting, reused: this.#reused };
  }

  /** Takes no further commands, finishes those it has, and closes. */
  async drain(): Promise<void> {
    this.#isClosed = true;
    await Promise.all([...this.#running].map(({ done }) => done));
    await this.close();
  }

  /** Ends all commands with `SSH_POOL_CLOSED`, and resolves when every socket is closed. */
  close(): Promise<void> {
    this.#isClosed = true;
    this.#closing ??= this.#close();
    return this.#closing;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #ended(run: CommandRun): void {
    if (run.wasSentWarm) this.#reused += 1;
    this.#running.delete(run);
  }

  async #close(): Promise<void> {
    for (const run of this.#running) run.fail(poolClosed());
    // A hand-shake that waits for the agent must not be waited for.
    this.#identities.close();
    await this.#connections.close(poolClosed());
  }
}

/** An execution that never began. */
function failed(reason: unknown): Execution {
  const output = new OutputStream(() => {});
  output.fail(reason);
  const { promise, reject } = Promise.withResolvers<never>();
  promise.catch(() => {});
  reject(reason);
  return { stdout: output, stderr: output, result: promise };
}
