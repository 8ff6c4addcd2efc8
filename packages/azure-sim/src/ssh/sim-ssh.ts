/** Where an address of a machine answers. */
export interface SimSshEndpoint {
  readonly host: string;
  readonly port: number;
}

/** How a machine is out of order. */
export type SimSshFault =
  /** Accepts connections and says nothing, ever. */
  | 'silent'
  /** Nothing listens: connections are refused. */
  | 'refuse'
  /** Each connection breaks off after so many bytes, of both directions together. */
  | { readonly dropAfterBytes: number };

/** The SSH servers of the machines. A machine is given by its name, `GROUP/NAME` or resource id. */
export interface SimSsh {
  readonly reach: 'addresses' | 'ports';
  /** The port of all addresses; `undefined` where each has its own. */
  readonly port: number | undefined;
  /**
   * A private key (Ed25519, OpenSSH's format, 0600) that signs in at every machine, as the machine's `adminUsername`.
   * Made for this simulator and removed by its `close()`.
   */
  readonly privateKeyPath: string;
  /** Address that Azure shows → where it answers now, for all running Linux machines. */
  endpoints(): ReadonlyMap<string, SimSshEndpoint>;
  /**
   * The machine's host key, as known_hosts has it: `ssh-ed25519 AAAA…`.
   *
   * @throws AzureSimError `UNKNOWN_MACHINE`, `AMBIGUOUS_MACHINE`
   */
  hostKey(machine: string): string;
  /**
   * Gives the machine another host key, for the connections to come.
   *
   * @throws AzureSimError `UNKNOWN_MACHINE`, `AMBIGUOUS_MACHINE`
   */
  changeHostKey(machine: string): void;
  /**
   * Puts a machine out of order for the connections to come; returns what repairs it. The latest fault counts.
   *
   * @throws AzureSimError `UNKNOWN_MACHINE`, `AMBIGUOUS_MACHINE`, `INVALID_OPTION`
   */
  inject(machine: string, fault: SimSshFault): () => void;
  /**
   * Breaks the machine's connections, as a crash does; without a name, those of all machines.
   *
   * @throws AzureSimError `UNKNOWN_MACHINE`, `AMBIGUOUS_MACHINE`
   */
  disconnect(machine?: string): void;
}
