import type { ConfigDefinition, ConfigRequest, LoadedConfig } from './definition.ts';
import { DerivedFile, type Parsed } from './derived-file.ts';
import type { Eager } from './eager.ts';
import { type FileState, isWritableByAll } from './file-state.ts';
import type { Problem } from './problem.ts';
import { readConfigText } from './read-file.ts';
import { defaultContextKey, type FlatFile, flatten, resolve } from './resolve.ts';

/** Loads a program's configuration. Keep one for a process: it re-reads a file only when it has changed. */
export class Configuration<Values extends object> {
  readonly #definition: ConfigDefinition<Values>;
  readonly #file: DerivedFile<FlatFile>;

  constructor(definition: ConfigDefinition<Values>) {
    this.#definition = definition;
    this.#file = new DerivedFile({
      kind: 'config',
      revision: definition.revision,
      parse: (path, state) => parseFile(path, state, definition),
      read: contentFrom,
      missing: () => ({ values: {}, contexts: {}, warnings: [] }),
      clock: definition.clock,
    });
  }

  /**
   * The configuration as it is now: at once when the file is missing, unchanged or compiled, else as a promise.
   *
   * @throws {@link ConfigError} `CONFIG_INVALID` with every problem of the file, `CONFIG_UNREADABLE`, `CONFIG_UNKNOWN_CONTEXT`
   */
  load(request: ConfigRequest<Values>): LoadedConfig<Values> | Promise<LoadedConfig<Values>> {
    const file = this.#file.load(request.path, request.compiledDirectory);
    return file instanceof Promise
      ? file.then((parsed) => resolve(this.#definition, request, parsed))
      : resolve(this.#definition, request, file);
  }
}

async function parseFile(
  path: string,
  state: FileState,
  { schema, defaults }: Pick<ConfigDefinition<object>, 'schema' | 'defaults'>,
): Promise<Parsed<FlatFile>> {
  const [{ parseConfig, isPlain }, loadedSchema] = await Promise.all([import('./parse.ts'), schema()]);
  const { values, warnings, locator } = parseConfig(readConfigText(path) ?? '', path, loadedSchema);
  const flat = flatten(values, Object.keys(defaults));
  const content = {
    ...flat,
    defaultContextLine: flat.defaultContext === undefined ? undefined : locator.value([defaultContextKey]).line,
    // A change of the mode is a change of the state, so that what is kept warns rightly.
    warnings: isWritableByAll(state) ? [...warnings, writableByAll(path)] : warnings,
  };
  return { content, compiled: isPlain(content) ? JSON.stringify(content) : undefined };
}

const contentFrom = ((compiled: Buffer): FlatFile | undefined => {
  try {
    const content = JSON.parse(compiled.toString()) as Partial<FlatFile> | null;
    const isWhole = content?.values !== undefined && content.contexts !== undefined && content.warnings !== undefined;
    return isWhole ? (content as FlatFile) : undefined;
  } catch {
    return undefined; // Damaged: made anew.
  }
}) satisfies Eager;

function writableByAll(path: string): Problem {
  return { source: path, key: '', message: `every user of this machine can change this file; run: chmod o-w ${path}` };
}
