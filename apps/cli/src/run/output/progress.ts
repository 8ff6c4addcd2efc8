import type { CommandContext } from '../../command.ts';
import { formatAge } from '../../duration.ts';
import { visible } from '../../output/terminal-text.ts';
import { Screen } from './screen.ts';

const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const FRAME_MS = 100;

/** How far a command has come. */
export interface ProgressState {
  readonly total: number;
  /** Have a result, whatever it is. */
  readonly done: number;
  readonly failed: number;
  readonly running: number;
  /** What is left of the time, in milliseconds, where that can be told. */
  readonly leftMs: number | undefined;
}

/** A line at the bottom of the terminal: `⠹ 412/500 · 3 failed · 24 running · about 12 s left`. */
export interface Progress {
  /** What is written while the line is shown must go through this context, so that the line gets out of its way. */
  readonly context: CommandContext;
  update(state: ProgressState): void;
  /** Clears the line; nothing is drawn any more. Idempotent. */
  stop(): void;
}

/** Where a line of progress would only be in the way. */
export function noProgress(context: CommandContext): Progress {
  return { context, update() {}, stop() {} };
}

/** Without a terminal on stderr, and on a dumb one, there is no line. */
export function startProgress(context: CommandContext): Progress {
  const { io } = context;
  if (!io.stderr.isTerminal || io.env['TERM'] === 'dumb') return noProgress(context);
  const screen = new Screen(io);
  let state: ProgressState | undefined;
  let frame = 0;
  // A command that is done before the first time never shows a line.
  let timer: unknown = io.clock.setTimeout(draw, FRAME_MS);
  return {
    context: {
      ...context,
      io: { ...io, stdout: screen.stdout, stderr: screen.stderr },
      notice: (line) => screen.stderr.write(`${visible(line)}\n`),
    },
    update(next) {
      state = next;
    },
    stop() {
      io.clock.clearTimeout(timer);
      timer = undefined;
      screen.clear();
    },
  };

  function draw(): void {
    if (state !== undefined) {
      const text = progressText(state).slice(0, Math.max(0, (io.stderr.columns ?? 80) - 3));
      screen.draw(`${context.stderrStyle('cyan', FRAMES[frame % FRAMES.length]!)} ${text}`);
    }
    frame += 1;
    timer = io.clock.setTimeout(draw, FRAME_MS);
  }
}

function progressText({ total, done, failed, running, leftMs }: ProgressState): string {
  const parts = [`${done}/${total}`];
  if (failed > 0) parts.push(`${failed} failed`);
  if (running > 0) parts.push(`${running} running`);
  if (leftMs !== undefined && done < total) parts.push(`about ${formatAge(Math.max(1000, leftMs))} left`);
  return parts.join(' · ');
}
