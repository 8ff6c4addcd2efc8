import type { Output } from '../io.ts';
import { visible } from './terminal-text.ts';
import type { Style } from './style.ts';

/** What goes on, on stderr: a bar on a terminal, lines elsewhere. */
export interface Progress {
  /** `share` of the whole is done. Redraws the bar, at most ten times a second. */
  update(where: string, share: number): void;
  /** A line above the bar. */
  line(text: string): void;
  /** A line where there is no bar. */
  lineWithoutBar(text: string): void;
  /** Takes the bar away. */
  clear(): void;
}

const BAR_WIDTH = 24;
const REDRAW_MS = 100;
/** Before that nobody can say how long it will take. */
const SHARE_FOR_ETA = 0.02;

/** The bar is drawn when it is updated and at no other time, so that nothing stirs while something is measured. */
export function startProgress(output: Output, style: Style, now: () => number): Progress {
  const started = now();
  let drawnAt = Number.NEGATIVE_INFINITY;
  let bar = '';
  const clear = (): void => {
    if (bar !== '') output.write('\r\u001b[K');
  };
  const draw = (): void => {
    if (bar !== '') output.write(`\r\u001b[K${bar}`);
  };
  return {
    update(where, share) {
      if (!output.isTerminal || now() - drawnAt < REDRAW_MS) return;
      drawnAt = now();
      bar = barLine(where, share, now() - started, output.columns ?? 80, style);
      draw();
    },
    line(text) {
      clear();
      output.write(`${visible(text)}\n`);
      draw();
    },
    lineWithoutBar(text) {
      if (!output.isTerminal) output.write(`${visible(text)}\n`);
    },
    clear() {
      clear();
      bar = '';
    },
  };
}

function barLine(where: string, share: number, elapsedMs: number, columns: number, style: Style): string {
  const filled = Math.round(share * BAR_WIDTH);
  const rest = share < SHARE_FOR_ETA ? '' : `, ${roughly((elapsedMs / share) * (1 - share))} left`;
  const figures = `${Math.floor(share * 100)} %${rest}`;
  const text = `  ${figures}  ${visible(where)}`.slice(0, Math.max(0, columns - BAR_WIDTH - 1));
  return `${style('cyan', '━'.repeat(filled))}${style('dim', '━'.repeat(BAR_WIDTH - filled))}${text}`;
}

/** `40 s`, `3 min`, `1 h 20 min` */
function roughly(ms: number): string {
  const seconds = ms / 1000;
  if (seconds < 90) return `${Math.max(1, Math.round(seconds))} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
