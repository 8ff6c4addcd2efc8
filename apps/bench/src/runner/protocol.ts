import type { SuiteSession } from './suite-session.ts';

/** What the runner may ask a worker for: the methods of its session. */
export type Method = Exclude<keyof SuiteSession, 'abort'>;

/** Runner to worker. */
export type ToWorker =
  | { readonly type: 'ask'; readonly id: number; readonly method: Method; readonly args: readonly unknown[] }
  | { readonly type: 'abort' }
  | { readonly type: 'exit' };

/** Worker to runner. */
export type FromWorker =
  | { readonly type: 'answer'; readonly id: number; readonly value: unknown }
  | { readonly type: 'failure'; readonly id: number; readonly message: string }
  /** Something broke outside of any question. */
  | { readonly type: 'broken'; readonly message: string };
