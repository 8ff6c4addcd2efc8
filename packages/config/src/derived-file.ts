import { compiledPath, readCompiled, writeCompiled } from './compiled.ts';
import { loaded, type LoadEvent } from './events.ts';
import { fileState, type FileState, isSettled } from './file-state.ts';

/** What is made of a file, and how. */
export interface Derivation<Content> {
  readonly kind: 'config' | 'names';
  /** Changes when the same file would give something else, as with a new schema. */
  readonly revision: string;
  /** Parses and validates the file, which was in `state` before. */
  readonly parse: (path: string, state: FileState) => Promise<Parsed<Content>>;
  /** Reads the compiled form; undefined when it is damaged. */
  readonly read: (compiled: Buffer) => Content | undefined;
  /** What stands for a missing file. */
  readonly missing: () => Content;
  /** @default Date */
  readonly clock?: { now(): number } | undefined;
}

/** What was made of a file, and its compiled form; what has none is made anew by every process. */
export interface Parsed<Content> {
  readonly content: Content;
  readonly compiled: string | Uint8Array | undefined;
}

/**
 * What is made of a file. It is kept, in memory for this process and in compiled form for the next one, under a key
 * that names the state of the file. Only what was made of a settled state is kept, so that the key is proof enough.
 */
export class DerivedFile<Content> {
  readonly #derivation: Derivation<Content>;
  #kept: { readonly key: string; readonly content: Content } | undefined;

  constructor(derivation: Derivation<Content>) {
    this.#derivation = derivation;
  }

  /**
   * At once when the file is missing, unchanged or compiled, else as a promise.
   *
   * @param compiledDirectory - undefined: nothing is kept in compiled form
   * @throws {@link ConfigError} what `parse` throws, and `CONFIG_UNREADABLE`
   */
  load(path: string, compiledDirectory: string | undefined): Content | Promise<Content> {
    const { kind, revision, read } = this.#derivation;
    const state = fileState(path);
    if (state === undefined) return tell(path, 'none', this.#derivation.missing());
    const key = `${revision}\t${state.identity}\t${path}`;
    if (this.#kept?.key === key) return tell(path, 'memory', this.#kept.content);

    const file = compiledDirectory === undefined ? undefined : compiledPath(compiledDirectory, kind, path);
    const compiled = file === undefined ? undefined : readCompiled(file, key);
    const content = compiled === undefined ? undefined : read(compiled);
    if (content === undefined) return this.#parse(path, state, key, file);
    this.#kept = { key, content };
    return tell(path, 'compiled', content);
  }

  async #parse(path: string, state: FileState, key: string, file: string | undefined): Promise<Content> {
    // The file is read after both. Should it change in between, what is kept is never found again: if its state was
    // settled by now, no change from now on leaves the file in that state.
    const isKept = isSettled(state, (this.#derivation.clock ?? Date).now());
    const { content, compiled } = await this.#derivation.parse(path, state);
    this.#kept = isKept ? { key, content } : undefined;
    if (isKept && file !== undefined && compiled !== undefined) writeCompiled(file, key, compiled);
    return tell(path, 'parsed', content);
  }
}

function tell<Content>(path: string, from: LoadEvent['from'], content: Content): Content {
  if (loaded.hasSubscribers) loaded.publish({ path, from } satisfies LoadEvent);
  return content;
}
