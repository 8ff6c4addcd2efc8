import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Clock } from '../clock.ts';
import { checkedNumber } from '../checked-number.ts';
import type { Fleet } from '../fleet/fleet.ts';
import type { SimMachine } from '../fleet/machine.ts';
import type { SshAddresses } from './addresses.ts';
import { writeClientKey } from './client-key.ts';
import { delayedEnd } from './delay/delayed-end.ts';
import { droppedEnd } from './dropped-end.ts';
import { SshHost, type HostContext } from './host.ts';
import { Listeners } from './listeners.ts';
import type { ResolvedSshOptions } from './options.ts';
import type { SimSsh, SimSshEndpoint, SimSshFault } from './sim-ssh.ts';
import { SshStatsCounter, type SimSshStats } from './stats.ts';

interface Start {
  readonly options: ResolvedSshOptions;
  readonly addresses: SshAddresses;
  readonly clock: Clock;
  readonly fleet: Fleet;
  /** Where the client's key is written. */
  readonly directory: string;
}

/**
 * Starts the SSH servers. ssh2 is loaded here and not before.
 *
 * @throws AzureSimError `LISTEN_FAILED`
 */
export async function startSshHosts({ options, addresses, clock, fleet, directory }: Start): Promise<SshHosts> {
  const { default: ssh2 } = await import('ssh2');
  const clientKey = await writeClientKey(directory);
  const stats = new SshStatsCounter();
  const context = { ssh2, options, clock, stats, clientKey, startedAtMs: clock.now() };
  const hosts = new SshHosts(context, addresses.reach, fleet);
  try {
    await hosts.start();
  } catch (error) {
    await hosts.close();
    throw error;
  }
  return hosts;
}

/** The machines' servers and who reaches which: the address decides at the time of the connect. */
export class SshHosts implements SimSsh {
  readonly reach: 'addresses' | 'ports';
  readonly privateKeyPath: string;
  readonly #context: HostContext;
  readonly #fleet: Fleet;
  readonly #listeners: Listeners;
  /** By vmId. A machine's server is made when it is first needed. */
  readonly #hosts = new Map<string, SshHost>();
  readonly #faults = new Map<string, { readonly fault: SimSshFault }>();
  readonly #sockets = new Map<Socket, { readonly address: string; readonly vmId: string }>();
  #machines: ReadonlyMap<string, SimMachine> = new Map();
  #updating = false;
  #closed = false;

  constructor(context: HostContext, reach: SshAddresses['reach'], fleet: Fleet) {
    this.#context = context;
    this.#fleet = fleet;
    this.reach = reach;
    this.privateKeyPath = context.clientKey.path;
    const { port } = context.options;
    this.#listeners = new Listeners({ reach, port, accept: (socket, address) => this.#accept(socket, address) });
  }

  get port(): number | undefined {
    return this.#listeners.port;
  }

  async start(): Promise<void> {
    this.#fleet.onChange = () => this.#updateSoon();
    this.#readFleet();
    await this.#listeners.start(this.#answering());
  }

  endpoints(): ReadonlyMap<string, SimSshEndpoint> {
    return this.#listeners.endpoints();
  }

  hostKey(machine: string): string {
    return this.#host(this.#fleet.find(machine)).hostKey;
  }

  changeHostKey(machine: string): void {
    this.#host(this.#fleet.find(machine)).changeHostKey();
  }

  inject(machine: string, fault: SimSshFault): () => void {
    const { vmId } = this.#fleet.find(machine);
    if (typeof fault === 'object') checkedNumber('dropAfterBytes', fault.dropAfterBytes, { whole: true, min: 0 });
    const injected = { fault };
    this.#faults.set(vmId, injected);
    this.#update();
    return () => {
      if (this.#faults.get(vmId) !== injected) return;
      this.#faults.delete(vmId);
      this.#update();
    };
  }

  disconnect(machine?: string): void {
    const only = machine === undefined ? undefined : this.#fleet.find(machine).vmId;
    for (const [socket, { vmId }] of this.#sockets) if (only === undefined || only === vmId) socket.destroy();
  }

  stats(): SimSshStats {
    return this.#context.stats.read();
  }

  resetStats(): void {
    this.#context.stats.reset();
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#fleet.onChange = () => {};
    this.disconnect();
    await this.#listeners.close();
    await this.#context.clientKey.remove();
  }

  #accept(socket: Socket, address: string): void {
    const machine = this.#machines.get(address);
    socket.on('error', () => {});
    if (machine === undefined || this.#closed) {
      socket.destroy();
      return;
    }
    const counted = this.#context.stats.openConnection();
    this.#sockets.set(socket, { address, vmId: machine.vmId });
    socket.once('close', () => {
      this.#sockets.delete(socket);
      counted();
    });
    const fault = this.#faults.get(machine.vmId)?.fault;
    // Read and forgotten, so that its end is seen.
    if (fault === 'silent') socket.resume();
    else this.#host(machine).serve(this.#serverEnd(socket, fault), machine);
  }

  /** The server's end of a connection: with its delay, and with the fault that it has. */
  #serverEnd(socket: Socket, fault: SimSshFault | undefined): Duplex {
    const { options, clock, stats } = this.#context;
    const near = typeof fault === 'object' ? droppedEnd(socket, fault.dropAfterBytes) : socket;
    if (options.roundTripMs === 0) return near;
    return delayedEnd(near, { clock, roundTripMs: options.roundTripMs, onFlight: () => stats.count('flights') });
  }

  #host(machine: SimMachine): SshHost {
    const host = this.#hosts.get(machine.vmId) ?? new SshHost(this.#context, machine);
    this.#hosts.set(machine.vmId, host);
    return host;
  }

  /** Several changes of the fleet in a row are one. */
  #updateSoon(): void {
    if (this.#updating) return;
    this.#updating = true;
    queueMicrotask(() => {
      this.#updating = false;
      if (!this.#closed) this.#update();
    });
  }

  #update(): void {
    this.#readFleet();
    for (const [socket, { address, vmId }] of this.#sockets) {
      if (this.#machines.get(address)?.vmId !== vmId) socket.destroy();
    }
    // An address that cannot be had is missing in endpoints().
    for (const listening of this.#listeners.set(this.#answering())) void listening.catch(() => {});
  }

  #readFleet(): void {
    const running = this.#fleet.machines().filter(({ os, powerState }) => os === 'Linux' && powerState === 'running');
    const reachable = (address: string): boolean => this.reach === 'ports' || address.startsWith('127.');
    this.#machines = new Map(
      running.flatMap((machine) =>
        [...machine.privateIps, ...machine.publicIps].filter(reachable).map((address) => [address, machine] as const),
      ),
    );
  }

  #answering(): string[] {
    const refuses = ({ vmId }: SimMachine): boolean => this.#faults.get(vmId)?.fault === 'refuse';
    return [...this.#machines].flatMap(([address, machine]) => (refuses(machine) ? [] : [address]));
  }
}
