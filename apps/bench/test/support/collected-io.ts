import type { Io, Output } from '../../src/io.ts';

export interface CollectedIo extends Io {
  readonly stdout: Output & { readonly text: string };
  readonly stderr: Output & { readonly text: string };
  /** As Ctrl-C does. */
  interrupt(): void;
}

/** An `Io` off a terminal that keeps what is written. */
export function collectedIo(cwd: string, env: Io['env'] = {}): CollectedIo {
  const interrupt = new AbortController();
  return {
    env,
    cwd,
    stdout: collectedOutput(),
    stderr: collectedOutput(),
    now: () => Date.now(),
    interruptSignal: () => interrupt.signal,
    interrupt: () => interrupt.abort(),
  };
}

function collectedOutput(): Output & { readonly text: string } {
  let text = '';
  return {
    isTerminal: false,
    columns: undefined,
    get text() {
      return text;
    },
    write(more) {
      text += more;
    },
  };
}
