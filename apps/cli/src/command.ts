import type { Arguments, FlagTable } from './arguments.ts';
import type { Explain } from './explain.ts';
import type { Io } from './io.ts';
import type { Style } from './output/style.ts';
import type { Settings } from './settings/settings.ts';

/** A command of azfleet: what help tells of it, what it accepts, what it does. */
export interface Command {
  /** What follows `azfleet NAME`, one line for each way to call it. */
  readonly usage: readonly string[];
  /** A paragraph for `--help`. */
  readonly description: string;
  readonly flags: FlagTable;
  /** Whether words may follow `--`. @default false */
  readonly takesRest?: boolean;
  readonly examples: readonly (readonly [command: string, purpose: string])[];
  /** Resolves with the exit code. */
  run(context: CommandContext): number | Promise<number>;
}

/** What a command gets. */
export interface CommandContext {
  readonly io: Io;
  readonly args: Arguments;
  readonly explain: Explain;
  /** Style for stdout and for stderr: colours only where they can be shown. */
  readonly style: Style;
  readonly stderrStyle: Style;
  /** Loaded once, however often it is asked for. */
  readonly settings: () => Promise<Settings>;
  /** One line to stderr, made safe for a terminal. */
  readonly notice: (line: string) => void;
}
