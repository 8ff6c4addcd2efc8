import { formatElapsed } from './duration.ts';

/** What `--explain` tells: the phases of a command with their times, and facts such as calls and cache hits. */
export interface Explain {
  /** Ends the phase that ran since the last one ended. */
  readonly phase: (name: string, detail?: string) => void;
  /** A line that is no phase. */
  readonly fact: (text: string) => void;
  readonly lines: () => string[];
}

/** `sinceStart` counts from the start of the process, so that the first phase is Node's own start-up. */
export function createExplain(sinceStart: () => number): Explain {
  const lines: [time: string, text: string][] = [];
  let last = 0;
  return {
    phase(name, detail) {
      const now = sinceStart();
      lines.push([formatElapsed(now - last), detail === undefined ? name : `${name}: ${detail}`]);
      last = now;
    },
    fact(text) {
      lines.push(['', text]);
    },
    lines() {
      const total: [string, string] = [formatElapsed(sinceStart()), 'in all'];
      return [...lines, total].map(([time, text]) => `${time.padStart(9)}  ${text}`);
    },
  };
}

/** Where nobody asked. */
export const noExplain: Explain = { phase() {}, fact() {}, lines: () => [] };
