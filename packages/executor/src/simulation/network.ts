/** What became of one request. */
export type Reply =
  | { readonly kind: 'ok'; readonly remaining?: number }
  | { readonly kind: 'refused' }
  | { readonly kind: 'throttled'; readonly retryAfterMs?: number; readonly remaining?: number };

export interface Request {
  readonly task: number;
  /** From 1. */
  readonly attempt: number;
  /** The hand-shake is through. */
  readonly established?: () => void;
  readonly reply: (reply: Reply) => void;
}

/** A simulated network with the servers behind it. Requests are made on a clock, answers come on the same. */
export interface Network {
  send(request: Request): void;
  /** How busy the process that sends is, from 0 to 1, where the network takes its time. */
  utilization?(): number;
}
