import type { Clock } from './clock.ts';
import { type CompiledKey, readCompiled, writeCompiled } from './compiled.ts';
import { ConfigError } from './errors.ts';
import { loaded, type LoadEvent } from './events.ts';
import { fileState, type FileState } from './file-state.ts';
import { compileNames, Names } from './names.ts';
import { readConfigText } from './read-file.ts';
import type { ConfigSchema } from './schema.ts';
import type { TomlEdit } from './toml/edit.ts';

/** A TOML file of `name = "value"` lines. */
export interface NamesFileOptions {
  readonly path: string;
  /** Loads the schema: a record of strings, whose keys are the names. Called only when the file has to be parsed. */
  readonly schema: () => Promise<ConfigSchema>;
  /** Names the schema. A new one makes compiled files of the old one void. */
  readonly revision: string;
  /**
   * Directory for compiled files.
   *
   * @default none are kept
   */
  readonly compiledDirectory?: string | undefined;
  /**
   * What a new file begins with, such as a `#:schema` line.
   *
   * @default ''
   */
  readonly initialText?: string | undefined;
  /** @default the machine's own */
  readonly clock?: Clock | undefined;
}

/** A file of names: looked up in its compiled form, and changed safely by several processes at once. */
export class NamesFile {
  readonly #options: NamesFileOptions;
  #remembered: { readonly identity: string; readonly names: Names } | undefined;

  constructor(options: NamesFileOptions) {
    this.#options = options;
  }

  /**
   * The names as they are now: at once when the file is missing, unchanged or compiled, else as a promise.
   *
   * @throws {@link ConfigError} `CONFIG_INVALID` with every problem of the file, `CONFIG_UNREADABLE`
   */
  load(): Names | Promise<Names> {
    const { path, clock = Date } = this.#options;
    const state = fileState(path, clock.now());
    if (state === undefined) return this.#tell('none', new Names(compileNames([])));
    if (this.#remembered?.identity === state.identity) return this.#tell('memory', this.#remembered.names);
    const names = this.#compiledNames(state);
    return names === undefined ? this.#parse(state) : this.#tell('compiled', this.#remember(state, names));
  }

  /**
   * Makes a name stand for a value. A name that is there already, in whatever case, keeps its place and spelling.
   *
   * @returns the value that the name stood for before
   * @throws {@link ConfigError} `CONFIG_INVALID_NAME`, `CONFIG_INVALID`, `CONFIG_UNWRITABLE`
   */
  async set(name: string, value: string, options: { signal?: AbortSignal } = {}): Promise<string | undefined> {
    const { validate } = await import('./validate.ts');
    const result = validate(await this.#options.schema(), { [name]: value });
    const finding = result.findings?.[0];
    if (finding !== undefined) throw invalidName(name, finding.expected);
    // Valibot leaves out names with a meaning in JavaScript.
    if (!Object.hasOwn(result.value as object, name)) throw invalidName(name, 'another name');
    return await this.#edit(name, (spelling) => ({ set: [spelling], value }), options.signal);
  }

  /**
   * Removes a name, in whatever case it is written.
   *
   * @returns the value that it stood for; undefined when there was no such name
   * @throws {@link ConfigError} `CONFIG_INVALID`, `CONFIG_UNWRITABLE`
   */
  async unset(name: string, options: { signal?: AbortSignal } = {}): Promise<string | undefined> {
    return await this.#edit(name, (spelling) => ({ unset: [spelling] }), options.signal);
  }

  async #edit(name: string, edit: (spelling: string) => TomlEdit, signal?: AbortSignal): Promise<string | undefined> {
    const { path, clock, initialText } = this.#options;
    const [{ editToml }, { updateFile }] = await Promise.all([import('./toml/edit.ts'), import('./update-file.ts')]);
    let previous: readonly [string, string] | undefined;
    await updateFile({
      path,
      clock,
      signal,
      initialText,
      update: async (text) => {
        const names = await this.#read(text);
        previous = names.find(([other]) => other.toLowerCase() === name.toLowerCase());
        return editToml(text, [edit(previous?.[0] ?? name)]);
      },
    });
    return previous?.[1];
  }

  async #parse(state: FileState): Promise<Names> {
    const compiled = compileNames(await this.#read(readConfigText(this.#options.path) ?? ''));
    writeCompiled(this.#compiledKey(), state, compiled);
    return this.#tell('parsed', this.#remember(state, new Names(compiled)));
  }

  #compiledNames(state: FileState): Names | undefined {
    const compiled = readCompiled(this.#compiledKey(), state);
    if (compiled === undefined) return undefined;
    try {
      return new Names(compiled);
    } catch {
      return undefined; // Damaged: made anew.
    }
  }

  async #read(text: string): Promise<[name: string, value: string][]> {
    const { path, schema } = this.#options;
    const [{ parseNames }, loadedSchema] = await Promise.all([import('./parse-names.ts'), schema()]);
    return parseNames(text, path, loadedSchema);
  }

  #remember(state: FileState, names: Names): Names {
    this.#remembered = state.settled ? { identity: state.identity, names } : undefined;
    return names;
  }

  #compiledKey(): CompiledKey {
    const { path, compiledDirectory, revision } = this.#options;
    return { directory: compiledDirectory, kind: 'names', path, revision };
  }

  #tell(from: LoadEvent['from'], names: Names): Names {
    if (loaded.hasSubscribers) loaded.publish({ path: this.#options.path, from } satisfies LoadEvent);
    return names;
  }
}

function invalidName(name: string, expected: string): ConfigError {
  return new ConfigError(`${JSON.stringify(name)}: expected ${expected}`, { code: 'CONFIG_INVALID_NAME' });
}
