/** What the SSH servers have seen since the start, or since the last `resetStats()`. */
export interface SimSshStats {
  /** That were accepted, by dead hosts too. */
  readonly connections: number;
  /** Connections that were signed in. */
  readonly handshakes: number;
  /** Connections that `maxStartups` closed. */
  readonly refusedStartups: number;
  readonly sessions: number;
  /** Sessions that `maxSessions` refused. */
  readonly refusedSessions: number;
  readonly commands: number;
  /** The most that were open at one time. */
  readonly maxConnections: number;
  readonly maxSessions: number;
  /**
   * Round trips that clients waited for, summed over the connections: what was sent without waiting for each other counts
   * as one. Counted with `roundTripMs` only, which keeps what is sent together, together.
   */
  readonly flights: number;
}

type Counted = 'handshakes' | 'refusedStartups' | 'refusedSessions' | 'commands' | 'flights';

export class SshStatsCounter {
  readonly #connections = new OpenCounter();
  readonly #sessions = new OpenCounter();
  #counts: Record<Counted, number> = noCounts();

  count(what: Counted): void {
    this.#counts[what] += 1;
  }

  /** Returns what to call when it is closed, once. */
  openConnection(): () => void {
    return this.#connections.open();
  }

  openSession(): () => void {
    return this.#sessions.open();
  }

  read(): SimSshStats {
    const { total: connections, most: maxConnections } = this.#connections;
    const { total: sessions, most: maxSessions } = this.#sessions;
    return { ...this.#counts, connections, maxConnections, sessions, maxSessions };
  }

  reset(): void {
    this.#connections.reset();
    this.#sessions.reset();
    this.#counts = noCounts();
  }
}

class OpenCounter {
  total = 0;
  most = 0;
  #open = 0;

  open(): () => void {
    this.total += 1;
    this.#open += 1;
    this.most = Math.max(this.most, this.#open);
    return () => {
      this.#open -= 1;
    };
  }

  reset(): void {
    this.total = 0;
    this.most = this.#open;
  }
}

function noCounts(): Record<Counted, number> {
  return { handshakes: 0, refusedStartups: 0, refusedSessions: 0, commands: 0, flights: 0 };
}
