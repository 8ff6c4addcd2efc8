import type { Arguments, FlagTable } from './arguments.ts';
import type { ExitCode } from './exit-codes.ts';
import type { Io } from './io.ts';
import type { Style } from './output/style.ts';

/** A command of azfleet-bench: what help tells of it, what it accepts, what it does. */
export interface Command {
  /** What follows `azfleet-bench`, one line for each way to call it: `compare BASE NEW`. */
  readonly usage: readonly string[];
  /** A paragraph for `--help`. */
  readonly description: string;
  /** `--help` and `--color` are there for every command. */
  readonly flags: FlagTable;
  readonly examples: readonly (readonly [command: string, purpose: string])[];
  /** Resolves with the exit code. Throws a `BenchError` for what the person can mend. */
  run(context: CommandContext): ExitCode | Promise<ExitCode>;
}

/** What a command gets. */
export interface CommandContext {
  readonly io: Io;
  readonly args: Arguments;
  /** Style for stdout and for stderr: colours only where they can be shown. */
  readonly style: Style;
  readonly stderrStyle: Style;
  /** One line to stderr, made safe for a terminal. */
  readonly notice: (line: string) => void;
}
