import { fstatSync, writeSync } from 'node:fs';
import { CliError } from './errors.ts';
import { ExitCode } from './exit-codes.ts';
import type { Clock, Io, Output } from './io.ts';

const systemClock: Clock = {
  now: () => Date.now(),
  setTimeout: (callback, ms) => setTimeout(callback, ms),
  clearTimeout: (handle) => clearTimeout(handle as NodeJS.Timeout),
};

/** The real process as an `Io`. */
export function processIo(): Io {
  let interrupt: AbortController | undefined;
  return {
    env: process.env,
    platform: process.platform,
    homeDirectory: homeDirectory(),
    clock: systemClock,
    stdout: descriptorOutput(1, () => process.stdout),
    stderr: descriptorOutput(2, () => process.stderr),
    self: [process.execPath, process.argv[1] ?? ''],
    sinceStart: () => performance.now(),
    startInBackground(args) {
      // Loaded only here: node:child_process would cost every warm command its import.
      const { spawn } = process.getBuiltinModule('node:child_process');
      const child = spawn(process.execPath, [process.argv[1] ?? '', ...args], {
        detached: true,
        stdio: 'ignore',
        windowsHide: true,
      });
      child.on('error', () => {}); // no refresh then: the next command asks again
      child.unref();
    },
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
    if (controller.signal.aborted) process.exit(130);
    controller.abort();
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  return controller;
}

function homeDirectory(): string {
  const named = process.platform === 'win32' ? process.env['USERPROFILE'] : process.env['HOME'];
  if (named !== undefined && named !== '') return named;
  return process.getBuiltinModule('node:os').homedir();
}

/**
 * Writes straight to the descriptor: creating `process.stdout` costs a millisecond and a stream that a warm command
 * does not need. Windows consoles are the exception, since only the stream converts to what they display.
 */
function descriptorOutput(descriptor: 1 | 2, stream: () => NodeJS.WriteStream): Output {
  const isTerminal = isTerminalDescriptor(descriptor);
  const throughStream = process.platform === 'win32';
  let closed = false;
  return {
    isTerminal,
    get columns() {
      return isTerminal ? stream().columns || 80 : undefined;
    },
    write(text) {
      if (closed || text === '') return;
      if (throughStream) stream().write(text);
      else closed = !writeWhole(descriptor, Buffer.from(text));
    },
  };
}

/** The major number of `/dev/null` and its like on Linux. */
const MEMORY_DEVICES = 1;

/** `node:tty` brings `node:net` and all streams with it: it is asked only about what may be a terminal. */
function isTerminalDescriptor(descriptor: number): boolean {
  try {
    const stat = fstatSync(descriptor);
    const mayBe = stat.isCharacterDevice() && !(process.platform === 'linux' && stat.rdev >> 8 === MEMORY_DEVICES);
    return mayBe && process.getBuiltinModule('node:tty').isatty(descriptor);
  } catch {
    return false; // closed
  }
}

/** False once the reader has gone away (`azfleet list | head -1`), which is no error. */
function writeWhole(descriptor: number, bytes: Buffer): boolean {
  let offset = 0;
  while (offset < bytes.length) {
    try {
      offset += writeSync(descriptor, bytes, offset);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EAGAIN') waitForReader();
      else if (code === 'EPIPE' || code === 'EBADF') return false;
      else
        throw new CliError('OUTPUT', `the output cannot be written (${code})`, {
          exitCode: ExitCode.someFailed,
          cause: error,
        });
    }
  }
  return true;
}

/** A non-blocking pipe is full: give its reader a moment. */
function waitForReader(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2);
}
