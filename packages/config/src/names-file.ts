import type { Clock } from './clock.ts';
import { DerivedFile, type Parsed } from './derived-file.ts';
import { ConfigError } from './errors.ts';
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
  readonly #file: DerivedFile<Names>;

  constructor(options: NamesFileOptions) {
    this.#options = options;
    this.#file = new DerivedFile({
      kind: 'names',
      revision: options.revision,
      parse: (path) => this.#parse(path),
      read: (compiled) => new Names(compiled),
      missing: () => new Names(compileNames([])),
      clock: options.clock,
    });
  }

  /**
   * The names as they are now: at once when the file is missing, unchanged or compiled, else as a promise.
   *
   * @throws {@link ConfigError} `CONFIG_INVALID` with every problem of the file, `CONFIG_UNREADABLE`
   */
  load(): Names | Promise<Names> {
    return this.#file.load(this.#options.path, this.#options.compiledDirectory);
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

  async #parse(path: string): Promise<Parsed<Names>> {
    const compiled = compileNames(await this.#read(readConfigText(path) ?? ''));
    return { content: new Names(compiled), compiled };
  }

  async #read(text: string): Promise<[name: string, value: string][]> {
    const { path, schema } = this.#options;
    const [{ parseNames }, loadedSchema] = await Promise.all([import('./parse-names.ts'), schema()]);
    return parseNames(text, path, loadedSchema);
  }
}

function invalidName(name: string, expected: string): ConfigError {
  return new ConfigError(`${JSON.stringify(name)}: expected ${expected}`, { code: 'CONFIG_INVALID_NAME' });
}
