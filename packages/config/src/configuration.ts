import { type CompiledKey, readCompiled, writeCompiled } from './compiled.ts';
import { loaded, type LoadEvent } from './events.ts';
import { fileState, type FileState } from './file-state.ts';
import type { Problem } from './problem.ts';
import { readConfigText } from './read-file.ts';
import {
  defaultContextKey,
  type Environment,
  type EnvironmentBinding,
  type FlatFile,
  flatten,
  type Layers,
  resolve,
  type Resolved,
} from './resolve.ts';
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

/** The file without what stands above it. */
interface FileContent extends FlatFile {
  readonly warnings: readonly Problem[];
}

/** A file that was read, and its state before it was. */
interface Remembered {
  readonly path: string;
  readonly identity: string;
  readonly content: FileContent;
}

/** Loads a program's configuration. Keep one for a process: it re-reads a file only when it has changed. */
export class Configuration<Values extends object> {
  readonly #definition: ConfigDefinition<Values>;
  #remembered: Remembered | undefined;

  constructor(definition: ConfigDefinition<Values>) {
    this.#definition = definition;
  }

  /**
   * The configuration as it is now: at once when the file is missing, unchanged or compiled, else as a promise.
   *
   * @throws {@link ConfigError} `CONFIG_INVALID` with every problem of the file, `CONFIG_UNREADABLE`, `CONFIG_UNKNOWN_CONTEXT`
   */
  load(request: ConfigRequest<Values>): LoadedConfig<Values> | Promise<LoadedConfig<Values>> {
    const state = fileState(request.path, (this.#definition.clock ?? Date).now());
    if (state === undefined) return this.#resolve(request, { values: {}, contexts: {}, warnings: [] }, state, 'none');
    const key = this.#compiledKey(request);
    const known = this.#remembered;
    if (known !== undefined && known.path === request.path && known.identity === state.identity) {
      return this.#resolve(request, known.content, state, 'memory');
    }
    const content = compiledContent(key, state);
    if (content === undefined) return this.#parse(request, key, state);
    this.#remember(request.path, state, content);
    return this.#resolve(request, content, state, 'compiled');
  }

  async #parse(request: ConfigRequest<Values>, key: CompiledKey, state: FileState): Promise<LoadedConfig<Values>> {
    const [{ parseConfig, isPlain }, schema] = await Promise.all([import('./parse.ts'), this.#definition.schema()]);
    // Read after its state was taken: should it change in between, what is kept is never found again.
    const { values, warnings, locator } = parseConfig(readConfigText(request.path) ?? '', request.path, schema);
    const flat = flatten(values, Object.keys(this.#definition.defaults));
    const defaultContextLine = flat.defaultContext === undefined ? undefined : locator.value([defaultContextKey]).line;
    const content = { ...flat, defaultContextLine, warnings };
    this.#remember(request.path, state, content);
    if (isPlain(content)) writeCompiled(key, state, JSON.stringify(content));
    return this.#resolve(request, content, state, 'parsed');
  }

  #remember(path: string, state: FileState, content: FileContent): void {
    this.#remembered = state.settled ? { path, identity: state.identity, content } : undefined;
  }

  #compiledKey({ path, compiledDirectory }: ConfigRequest<Values>): CompiledKey {
    return { directory: compiledDirectory, kind: 'config', path, revision: this.#definition.revision };
  }

  #resolve(
    request: ConfigRequest<Values>,
    content: FileContent,
    state: FileState | undefined,
    from: LoadEvent['from'],
  ): LoadedConfig<Values> {
    const { defaults, environment = {}, contextVariable } = this.#definition;
    const { path, env, overrides = {} } = request;
    if (loaded.hasSubscribers) loaded.publish({ path, from } satisfies LoadEvent);
    const { context } = request;
    const layers = { overrides, env, environment, context, contextVariable, file: content, path, defaults } as Layers;
    const { warnings } = content;
    return Object.assign(resolve(layers) as Resolved<Values>, {
      path,
      warnings: state?.writableByAll === true ? [...warnings, writableByAll(path)] : warnings,
    });
  }
}

function compiledContent(key: CompiledKey, state: FileState): FileContent | undefined {
  const compiled = readCompiled(key, state);
  if (compiled === undefined) return undefined;
  try {
    const content = JSON.parse(compiled.toString()) as Partial<FileContent> | null;
    const isWhole = content?.values !== undefined && content.contexts !== undefined && content.warnings !== undefined;
    return isWhole ? (content as FileContent) : undefined;
  } catch {
    return undefined; // Damaged: made anew.
  }
}

function writableByAll(path: string): Problem {
  return { source: path, key: '', message: `every user of this machine can change this file; run: chmod o-w ${path}` };
}
