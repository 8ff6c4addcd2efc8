import type { Build } from '../result/result.ts';
import type { SuiteFile } from '../suite/find-suites.ts';
import type { Redirection } from './redirect-imports.ts';

/** What is to be measured, and how. */
export interface RunPlan {
  readonly suites: readonly SuiteFile[];
  /** The new one, and the base if there is one. */
  readonly builds: readonly BuildPlan[];
  /** Instead of what the suites say. */
  readonly rounds?: number;
  readonly live: boolean;
  readonly profiles?: { readonly directory: string; readonly cpu: boolean; readonly heap: boolean };
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** Ends the run; what is measured is kept. */
  readonly signal: AbortSignal;
  readonly limits: Limits;
}

export interface BuildPlan {
  readonly build: Build;
  readonly redirection: Redirection;
  /** Of its own packages, where they are not those that the suites would find. */
  readonly versions?: Readonly<Record<string, string>>;
}

/** How long a suite may take for an answer. */
export interface Limits {
  /** For opening, and for one round. */
  readonly answerMs: number;
  /** For closing, and for the end of its process. */
  readonly closeMs: number;
}

export const DEFAULT_LIMITS: Limits = { answerMs: 10 * 60_000, closeMs: 15_000 };

/** Told what goes on. Nothing is measured while it is told, so that it may take its time. */
export interface RunObserver {
  /** `share` of the whole run is done. */
  progress(where: string, share: number): void | Promise<void>;
  /** A comparison has been measured. */
  measured(comparison: string, rounds: number, seconds: number): void;
  /** One line: what went wrong, or what a suite has printed. */
  note(line: string): void;
}
