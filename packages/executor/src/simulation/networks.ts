import type { Clock } from '../clock.ts';
import type { Network } from './network.ts';
import { exponential, lognormal, seededFor } from './random.ts';
import { Servers } from './servers.ts';

export interface Lognormal {
  readonly medianMs: number;
  readonly sigma: number;
}

type Make<P> = (clock: Clock, seed: number, parameters: P) => Network;

/** Nothing but latency. */
export const pureLatency: Make<{ latency: Lognormal }> = (clock, seed, { latency }) => ({
  send({ task, attempt, reply }) {
    clock.setTimeout(() => reply({ kind: 'ok' }), draw(latency, seededFor(seed, task, attempt)));
  },
});

/** A few servers with a queue without end. */
export const queue: Make<{ servers: number; serviceMeanMs: number; networkMs: number }> = (clock, seed, parameters) => {
  const servers = new Servers(clock, parameters.servers);
  return {
    send({ task, attempt, reply }) {
      const serviceMs = exponential(seededFor(seed, task, attempt), parameters.serviceMeanMs);
      const answered = (): void => void clock.setTimeout(() => reply({ kind: 'ok' }), parameters.networkMs / 2);
      clock.setTimeout(() => servers.enter(() => serviceMs, answered), parameters.networkMs / 2);
    },
  };
};

export interface ChangingCapacity {
  readonly servers: number;
  readonly fewServers: number;
  readonly fewFromMs: number;
  readonly fewUntilMs: number;
  readonly service: Lognormal;
  readonly networkMs: number;
  readonly longestQueue: number;
  readonly refusedAfterMs: number;
}

/** Servers most of which fail for a while; a long queue slows them down, a longer one refuses. */
export const changingCapacity: Make<ChangingCapacity> = (clock, seed, parameters) => {
  const servers = new Servers(clock, parameters.servers);
  clock.setTimeout(() => (servers.capacity = parameters.fewServers), parameters.fewFromMs);
  clock.setTimeout(() => (servers.capacity = parameters.servers), parameters.fewUntilMs);
  const slowdown = (): number => 1 + Math.max(0, Math.min(1, 0.03 * (servers.queued / servers.capacity - 4)));
  return {
    send({ task, attempt, reply }) {
      const serviceMs = draw(parameters.service, seededFor(seed, task, attempt));
      if (servers.queued > parameters.longestQueue) {
        clock.setTimeout(() => reply({ kind: 'refused' }), parameters.refusedAfterMs);
        return;
      }
      const answered = (): void => void clock.setTimeout(() => reply({ kind: 'ok' }), parameters.networkMs);
      servers.enter(() => serviceMs * slowdown(), answered);
    },
  };
};

export interface TokenBucket {
  readonly tokens: number;
  readonly refillPerSecond: number;
  readonly answer: Lognormal;
  readonly refusedAfterMs: number;
  /** Answers say how many tokens remain, refusals when to come back. */
  readonly headers: boolean;
  /** A refusal costs a token too, down to this many below zero. */
  readonly debt: number;
}

export const tokenBucket: Make<TokenBucket> = (clock, seed, parameters) => {
  let tokens = parameters.tokens;
  let at = clock.now();
  const refill = (): void => {
    tokens = Math.min(parameters.tokens, tokens + ((clock.now() - at) * parameters.refillPerSecond) / 1000);
    at = clock.now();
  };
  return {
    send({ task, attempt, reply }) {
      refill();
      if (tokens < 1) {
        if (parameters.debt > 0) tokens = Math.max(-parameters.debt, tokens - 1);
        const headers = parameters.headers ? { retryAfterMs: 1000, remaining: 0 } : {};
        clock.setTimeout(() => reply({ kind: 'throttled', ...headers }), parameters.refusedAfterMs);
        return;
      }
      tokens -= 1;
      const headers = parameters.headers ? { remaining: Math.floor(tokens) } : {};
      clock.setTimeout(
        () => reply({ kind: 'ok', ...headers }),
        draw(parameters.answer, seededFor(seed, task, attempt)),
      );
    },
  };
};

/** A few of the attempts take many times as long. */
export const heavyTail: Make<{ latency: Lognormal; share: number; factor: number }> = (clock, seed, parameters) => ({
  send({ task, attempt, reply }) {
    const random = seededFor(seed, task, attempt);
    const factor = random() < parameters.share ? parameters.factor : 1;
    clock.setTimeout(() => reply({ kind: 'ok' }), factor * draw(parameters.latency, random));
  },
});

export function isDead(seed: number, task: number, share: number): boolean {
  return seededFor(seed, task, 0)() < share;
}

/** Some hosts never answer. */
export const deadHosts: Make<{ latency: Lognormal; share: number }> = (clock, seed, { latency, share }) => ({
  send({ task, attempt, established, reply }) {
    if (isDead(seed, task, share)) return;
    const latencyMs = draw(latency, seededFor(seed, task, attempt));
    clock.setTimeout(() => {
      established?.();
      reply({ kind: 'ok' });
    }, latencyMs);
  },
});

export interface LocalCpu {
  readonly cores: number;
  readonly cpuMs: number;
  /** Before and after the work; the way there varies by a fifth. */
  readonly networkMs: number;
  /** Each task that waits makes the work longer by this share. */
  readonly slowdown: number;
}

/** The answers have to be worked on here. */
export const localCpu: Make<LocalCpu> = (clock, seed, parameters) => {
  const cores = new Servers(clock, parameters.cores);
  return {
    send({ task, attempt, reply }) {
      const thereMs = parameters.networkMs * (0.8 + 0.4 * seededFor(seed, task, attempt)());
      const workMs = (): number => parameters.cpuMs * (1 + parameters.slowdown * cores.queued);
      const worked = (): void => void clock.setTimeout(() => reply({ kind: 'ok' }), parameters.networkMs);
      clock.setTimeout(() => cores.enter(workMs, worked), thereMs);
    },
    utilization: () => cores.busy / cores.capacity,
  };
};

export interface MaxStartups {
  readonly start: number;
  readonly rate: number;
  readonly full: number;
  readonly refusedAfterMs: number;
  readonly handshake: Lognormal;
  readonly command: Lognormal;
}

/** One sshd before all: it refuses at random when many hand-shakes are under way (`MaxStartups start:rate:full`). */
export const maxStartups: Make<MaxStartups> = (clock, seed, parameters) => {
  const { start, rate, full } = parameters;
  let underWay = 0;
  const refusal = (): number => {
    if (underWay < start) return 0;
    return underWay >= full ? 1 : rate + ((1 - rate) * (underWay - start)) / (full - start);
  };
  return {
    send({ task, attempt, established, reply }) {
      const random = seededFor(seed, task, attempt);
      if (random() < refusal()) {
        clock.setTimeout(() => reply({ kind: 'refused' }), parameters.refusedAfterMs);
        return;
      }
      const handshakeMs = draw(parameters.handshake, random);
      const commandMs = draw(parameters.command, random);
      underWay += 1;
      clock.setTimeout(() => {
        underWay -= 1;
        established?.();
        clock.setTimeout(() => reply({ kind: 'ok' }), commandMs);
      }, handshakeMs);
    },
  };
};

function draw({ medianMs, sigma }: Lognormal, random: () => number): number {
  return lognormal(random, medianMs, sigma);
}
