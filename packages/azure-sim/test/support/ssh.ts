import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import ssh2, { type ClientChannel } from 'ssh2';
import { onTestFinished } from 'vitest';
import type { AzureSim, SimMachine, SimSsh } from '../../src/index.ts';

export interface Result {
  readonly code: number | undefined;
  readonly signal: string | undefined;
  readonly stdout: Buffer;
  readonly stderr: string;
}

/** The SSH servers of a simulator that was started with them. */
export function sshOf(sim: AzureSim): SimSsh {
  if (sim.ssh === undefined) throw new Error('started without ssh');
  return sim.ssh;
}

/** Where a machine answers: its first private address. */
export function endpointOf(sim: AzureSim, name: string): { host: string; port: number } {
  const machine = sim.fleet.machines().find((candidate) => candidate.name === name);
  const endpoint = sshOf(sim)
    .endpoints()
    .get(machine?.privateIps[0] ?? '');
  if (endpoint === undefined) throw new Error(`${name} does not answer`);
  return endpoint;
}

export interface SignInOptions {
  readonly user?: string;
  readonly password?: string;
  readonly privateKey?: string;
}

/** A real ssh2 client, signed in; ended after the test. */
export class Client {
  readonly closed: Promise<void>;
  hostKey = '';
  readonly #client = new ssh2.Client();

  constructor() {
    this.closed = new Promise((resolve) => this.#client.on('close', resolve));
    onTestFinished(() => this.end());
  }

  /** A connect that fails rejects; errors after it are told by `closed` only. */
  async connect(sim: AzureSim, endpoint: { host: string; port: number }, options: SignInOptions = {}): Promise<this> {
    const sock = await socketTo(endpoint);
    await new Promise<void>((resolve, reject) => {
      this.#client
        .on('ready', resolve)
        .on('error', reject)
        .on('close', () => reject(new Error('closed')));
      this.#client.connect({
        sock,
        username: options.user ?? userAt(sim, endpoint),
        privateKey: options.privateKey ?? readFileSync(sshOf(sim).privateKeyPath, 'utf8'),
        ...(options.password === undefined ? {} : { password: options.password, privateKey: undefined }),
        hostVerifier: (key) => {
          this.hostKey = `ssh-ed25519 ${key.toString('base64')}`;
          return true;
        },
      });
    });
    return this;
  }

  /** Starts a command; `stop` sends a signal, `close` closes its channel. */
  start(
    command: string,
    input?: Uint8Array,
  ): {
    result: Promise<Result>;
    stop: (signal: string) => Promise<void>;
    close: () => Promise<void>;
  } {
    let opened: (channel: ClientChannel) => void;
    const channelOpen = new Promise<ClientChannel>((resolve) => {
      opened = resolve;
    });
    const result = new Promise<Result>((resolve, reject) => {
      this.#client.exec(command, (error, channel) => {
        if (error !== undefined) {
          reject(error);
          return;
        }
        const stdout: Buffer[] = [];
        const stderr: Buffer[] = [];
        let exit: { code: number | undefined; signal: string | undefined } = { code: undefined, signal: undefined };
        channel.on('data', (chunk: Buffer) => stdout.push(chunk));
        channel.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
        channel.on('exit', (code: number | null, signal?: string) => {
          exit = { code: code ?? undefined, signal };
        });
        channel.on('close', () => {
          const { code, signal } = exit;
          resolve({ code, signal, stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr).toString() });
        });
        if (input !== undefined) channel.end(input);
        opened(channel);
      });
    });
    return {
      result,
      stop: async (signal) => (await channelOpen).signal(signal),
      close: async () => (await channelOpen).close(),
    };
  }

  async run(command: string, input?: string | Uint8Array): Promise<Result & { text: string }> {
    const result = await this.start(command, input === undefined ? undefined : Buffer.from(input)).result;
    return { ...result, text: result.stdout.toString() };
  }

  end(): void {
    this.#client.destroy();
  }
}

/** The user of whichever machine answers there now. */
function userAt(sim: AzureSim, { host, port }: { host: string; port: number }): string {
  const places = [...sshOf(sim).endpoints()];
  const [address = ''] = places.find(([, endpoint]) => endpoint.host === host && endpoint.port === port) ?? [];
  const holds = ({ privateIps, publicIps }: SimMachine): boolean => privateIps.concat(publicIps).includes(address);
  return sim.fleet.machines().find(holds)?.adminUsername ?? '';
}

export async function clientOf(sim: AzureSim, name: string, options?: SignInOptions): Promise<Client> {
  return new Client().connect(sim, endpointOf(sim, name), options);
}

/** A TCP connection; rejects with what the system says. Destroyed after the test. */
export async function socketTo({ host, port }: { host: string; port: number }): Promise<Socket> {
  const socket = connect({ host, port, noDelay: true });
  onTestFinished(() => void socket.destroy());
  await new Promise<void>((resolve, reject) => socket.once('connect', () => resolve()).once('error', reject));
  socket.on('error', () => {});
  return socket;
}
