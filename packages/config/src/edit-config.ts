import { invalidConfig } from './errors.ts';
import { schemaAt } from './known-key.ts';
import type { JudgedConfig } from './parse.ts';
import type { Problem } from './problem.ts';
import { type ConfigSchema, schemaTree } from './schema.ts';
import type { TomlEdit } from './toml/edit.ts';
import { formatPath } from './toml/format.ts';
import type { FileUpdate } from './update-file.ts';

/** Edits of a configuration file. */
export interface ConfigEdit extends Omit<FileUpdate, 'update'> {
  readonly edits: readonly TomlEdit[];
  readonly schema: () => Promise<ConfigSchema>;
  /**
   * What to tell of a file that is not TOML, and so cannot be edited key by key.
   *
   * @default 'Correct the file first.'
   */
  readonly brokenHint?: string | undefined;
}

/** What came of an edit. */
export interface ConfigEdited {
  /** Whether the file is another one now. */
  readonly changed: boolean;
  /** What was wrong with the file before and still is. */
  readonly remaining: readonly Problem[];
}

/**
 * Changes keys of a configuration file and nothing else in it. An edit that would make the file invalid, or more so, is
 * refused with the file as it was; so is a key that the schema does not know, unless it is one that the file has and
 * the edit removes.
 *
 * @throws {@link ConfigError} `CONFIG_UNKNOWN_KEY`, `CONFIG_INVALID`, `CONFIG_UNWRITABLE`, `CONFIG_UNREADABLE`
 */
export async function editConfig(request: ConfigEdit): Promise<ConfigEdited> {
  const { edits, path, brokenHint = 'Correct the file first.' } = request;
  const [{ editToml }, { judgeWhole }, { updateFile }, schema] = await Promise.all([
    import('./toml/edit.ts'),
    import('./judge-whole.ts'),
    import('./update-file.ts'),
    request.schema(),
  ]);
  let remaining: readonly Problem[] = [];
  const changed = await updateFile({
    ...request,
    update: (text) => {
      const before = judgeWhole(text, path, schema);
      if (before.syntax.length > 0) throw invalidConfig(before.syntax, brokenHint);
      assertKnown(edits, schema, before);
      const edited = editToml(text, edits);
      const after = judgeWhole(edited, path, schema);
      const made = newProblems(edits, before, after);
      if (made.length > 0) throw invalidConfig(made);
      remaining = after.problems;
      return edited;
    },
  });
  return { changed, remaining };
}

function assertKnown(edits: readonly TomlEdit[], schema: ConfigSchema, { locator }: JudgedConfig): void {
  for (const edit of edits) {
    const path = 'set' in edit ? edit.set : edit.unset;
    if ('set' in edit || !locator.has(path)) schemaAt(schemaTree(schema), path);
  }
}

/** What the edits make wrong, without places: the lines are those of a text that is not written. */
function newProblems(edits: readonly TomlEdit[], before: JudgedConfig, after: JudgedConfig): Problem[] {
  const old = new Set(before.problems.map(identity));
  const keysSet = new Set(edits.map((edit) => ('set' in edit ? formatPath(edit.set) : undefined)));
  return after.problems
    .filter((problem) => !old.has(identity(problem)) || keysSet.has(problem.key))
    .map(({ line: _line, column: _column, ...problem }) => problem);
}

/** The same for a problem wherever it stands in the file, and whatever else is known there. */
function identity({ key, expected, text }: Problem): string {
  return JSON.stringify([key, expected, text]);
}
