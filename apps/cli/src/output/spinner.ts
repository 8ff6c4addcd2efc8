import type { Clock, Output } from '../io.ts';
import type { Style } from './style.ts';

const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const FRAME_MS = 80;

/** A line on a terminal that says what is being waited for. Off a terminal it says nothing. */
export interface Spinner {
  update(text: string): void;
  /** Clears the line. Idempotent. */
  stop(): void;
}

export function startSpinner(output: Output, style: Style, clock: Clock, text: string): Spinner {
  if (!output.isTerminal) return { update() {}, stop() {} };
  let current = text;
  let frame = 0;
  let timer: unknown;
  const draw = (): void => {
    const line = current.slice(0, Math.max(0, (output.columns ?? 80) - 3));
    output.write(`\r\u001b[K${style('cyan', FRAMES[frame % FRAMES.length]!)} ${line}`);
    frame += 1;
    timer = clock.setTimeout(draw, FRAME_MS);
  };
  draw();
  return {
    update(next) {
      current = next;
    },
    stop() {
      if (timer === undefined) return;
      clock.clearTimeout(timer);
      timer = undefined;
      output.write('\r\u001b[K');
    },
  };
}
