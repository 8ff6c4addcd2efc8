import type { Io, Output } from './io.ts';
import { ExitCode } from './exit-codes.ts';

/** The real process as an `Io`. */
export function processIo(): Io {
  let interrupt: AbortController | undefined;
  return {
    env: process.env,
    cwd: process.cwd(),
    stdout: streamOutput(process.stdout),
    stderr: streamOutput(process.stderr),
    now: () => Date.now(),
    interruptSignal() {
      interrupt ??= interruptedByCtrlC();
      return interrupt.signal;
    },
  };
}

/** The first Ctrl-C (or SIGTERM) aborts, the second ends the process at once. */
function interruptedByCtrlC(): AbortController {
  const controller = new AbortController();
  const onSignal = (): void => {
    if (controller.signal.aborted) process.exit(ExitCode.interrupted);
    controller.abort();
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  return controller;
}

function streamOutput(stream: NodeJS.WriteStream): Output {
  // The reader has gone away (`| head -1`), which is no error.
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
  return {
    isTerminal: stream.isTTY,
    get columns() {
      return stream.isTTY ? stream.columns || 80 : undefined;
    },
    write: (text) => void stream.write(text),
  };
}
