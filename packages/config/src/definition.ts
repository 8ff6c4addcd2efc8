import type { Problem } from './problem.ts';
import type { ConfigSchema } from './schema.ts';

/** What a program's configuration consists of. */
export interface ConfigDefinition<Values extends object> {
  /** Every setting by its dotted key, with its default as the schema would return it (a duration in milliseconds). */
  readonly defaults: Values;
  /** Loads the schema of the file. Called only when a file has to be parsed. */
  readonly schema: () => Promise<ConfigSchema>;
  /** Names the schema. A new one makes compiled files of the old one void. */
  readonly revision: string;
  /**
   * Environment variables that set a value.
   *
   * @default {}
   */
  readonly environment?: { readonly [Key in keyof Values]?: EnvironmentBinding<Values[Key]> };
  /**
   * The environment variable that names the context.
   *
   * @default none
   */
  readonly contextVariable?: string;
  /**
   * Tells the time, in milliseconds since the epoch.
   *
   * @default Date
   */
  readonly clock?: { now(): number };
}

/** Where to load from, and what stands above the file. */
export interface ConfigRequest<Values extends object> {
  /** Path of the configuration file. A missing file is an empty one. */
  readonly path: string;
  readonly env: Environment;
  /** Values from flags. */
  readonly overrides?: { readonly [Key in keyof Values]?: Values[Key] | undefined };
  /** The context that a flag names; null for none at all, whatever the variable and the file say. */
  readonly context?: string | null | undefined;
  /**
   * Directory for compiled files, so that a file is parsed once and not by every process.
   *
   * @default none are kept
   */
  readonly compiledDirectory?: string | undefined;
}

/** Resolved values, where each came from, and what is odd about the file. */
export interface LoadedConfig<Values> extends Resolved<Values> {
  readonly path: string;
  /** Unknown keys, and a file that anybody may write. One line each with `formatProblem`. */
  readonly warnings: readonly Problem[];
}

/**
 * Where a value came from. Precedence: flag > environment > context > file > default. `path` is that of the key in the
 * file.
 */
export type Origin =
  | { readonly source: 'flag' }
  | { readonly source: 'environment'; readonly variable: string }
  | { readonly source: 'context'; readonly context: string; readonly path: readonly string[] }
  | { readonly source: 'file'; readonly path: readonly string[] }
  | { readonly source: 'default' };

/** Environment variables; `process.env` is one. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** An environment variable that sets a value. An empty one counts as unset. */
export interface EnvironmentBinding<Value> {
  readonly variable: string;
  /** Reads the variable's text. */
  readonly parse: (text: string) => Value;
  /**
   * The variable only takes the place of the default: what a context or the file says stands before it.
   *
   * @default false
   */
  readonly asDefault?: boolean;
}

/** Values by dotted key, each with its origin. */
export interface Resolved<Values> {
  readonly values: Values;
  readonly origins: { readonly [Key in keyof Values]: Origin };
  /** The context in use. */
  readonly context: string | undefined;
  /** The names of all contexts. */
  readonly contexts: readonly string[];
}
