import { closeSync, fstatSync, openSync, write, writeSync } from 'node:fs';
import { CliError } from './errors.ts';
import { ExitCode } from './exit-codes.ts';
import type { Clock, Io, Output, SecretPrompt, Stdin } from './io.ts';

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
    stdin: readStdin,
    secretPrompt,
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
  const onSignal = (signal: NodeJS.Signals): void => {
    if (controller.signal.aborted) endAtOnce(signal);
    controller.abort();
  };
  const endAtOnce = (signal: NodeJS.Signals): void => {
    if (process.platform === 'win32') process.exit(130);
    // Not by exit(), which waits for a write that nobody reads.
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
    process.kill(process.pid, signal);
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  return controller;
}

/** stdin as it comes. What was not read is thrown away when it is closed, and does not hold up the end of the process. */
function readStdin(): Stdin {
  const stream = process.stdin;
  stream.on('error', () => {}); // told to who reads it, and of no interest to anybody else
  return { bytes: stream, close: () => void stream.destroy() };
}

/** On the terminal itself, wherever stdin and stderr lead. Windows has none of that name; SSH_ASKPASS is asked there. */
function secretPrompt(): SecretPrompt | undefined {
  if (process.platform === 'win32') return undefined;
  try {
    closeSync(openSync('/dev/tty', 'r+'));
  } catch {
    return undefined;
  }
  return async (question) => (await import('./ask-secret.ts')).askSecret(question);
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
  /** EPIPE: the reader went away. EBADF: there never was one. */
  let closed: Gone | undefined;
  let written: Promise<void> = Promise.resolve();
  const writeInTurn = async (bytes: Uint8Array): Promise<void> => {
    if (closed !== undefined || bytes.length === 0) return;
    if (throughStream) await writeToStream(stream(), bytes);
    else closed = await writeWholeLater(descriptor, bytes);
  };
  return {
    isTerminal,
    get isClosed() {
      return closed === 'EPIPE';
    },
    get columns() {
      return isTerminal ? stream().columns || 80 : undefined;
    },
    write(text) {
      if (closed !== undefined || text === '') return;
      if (throughStream) stream().write(text);
      else closed = writeWhole(descriptor, Buffer.from(text));
    },
    writeBytes(bytes) {
      const turn = written.then(() => writeInTurn(bytes));
      written = turn.catch(() => {}); // told to who wrote them
      return turn;
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

type Gone = 'EPIPE' | 'EBADF';

/** Tells where nobody reads it (any more), as in `azfleet list | head -1`: that is no error. */
function writeWhole(descriptor: number, bytes: Buffer): Gone | undefined {
  let offset = 0;
  while (offset < bytes.length) {
    try {
      offset += writeSync(descriptor, bytes, offset);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EAGAIN') waitForReader();
      else if (isGone(code)) return code;
      else throw unwritable(error);
    }
  }
  return undefined;
}

/** As `writeWhole`, off the event loop: a slow reader holds up nothing but this. */
async function writeWholeLater(descriptor: number, bytes: Uint8Array): Promise<Gone | undefined> {
  let offset = 0;
  while (offset < bytes.length) {
    const { error, count } = await writeOnce(descriptor, bytes, offset);
    offset += count;
    if (error === null) continue;
    if (error.code === 'EAGAIN') await new Promise((resolve) => setTimeout(resolve, FULL_PIPE_MS));
    else if (isGone(error.code)) return error.code;
    else throw unwritable(error);
  }
  return undefined;
}

function writeOnce(
  descriptor: number,
  bytes: Uint8Array,
  offset: number,
): Promise<{ error: NodeJS.ErrnoException | null; count: number }> {
  return new Promise((resolve) => {
    write(descriptor, bytes, offset, bytes.length - offset, null, (error, count) =>
      resolve({ error, count: error === null ? count : 0 }),
    );
  });
}

function writeToStream(stream: NodeJS.WriteStream, bytes: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write(bytes, (error) => (error ? reject(unwritable(error)) : resolve()));
  });
}

function isGone(code: string | undefined): code is Gone {
  return code === 'EPIPE' || code === 'EBADF';
}

function unwritable(error: unknown): CliError {
  return new CliError('OUTPUT', `the output cannot be written (${(error as NodeJS.ErrnoException).code})`, {
    exitCode: ExitCode.someFailed,
    cause: error,
  });
}

/** How long a full pipe is given before it is tried again. */
const FULL_PIPE_MS = 2;

/** A non-blocking pipe is full: give its reader a moment. */
function waitForReader(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, FULL_PIPE_MS);
}
