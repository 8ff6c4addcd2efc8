import { ConfigError, invalidConfig } from './errors.ts';
import type { Problem } from './problem.ts';
import { schemaAt } from './known-key.ts';
import { type ConfigSchema, schemaTree } from './schema.ts';
import type { TomlEdit } from './toml/edit.ts';
import type { FileUpdate } from './update-file.ts';

/** Edits of a configuration file. */
export interface ConfigEdit extends Omit<FileUpdate, 'update'> {
  readonly edits: readonly TomlEdit[];
  readonly schema: () => Promise<ConfigSchema>;
}

/**
 * Changes keys of a configuration file and nothing else in it. A file that would not be valid afterwards, and a key
 * that the schema does not know, are refused, with the file as it was.
 *
 * @returns whether the file changed
 * @throws {@link ConfigError} `CONFIG_UNKNOWN_KEY`, `CONFIG_INVALID`, `CONFIG_UNWRITABLE`, `CONFIG_UNREADABLE`
 */
export async function editConfig(request: ConfigEdit): Promise<boolean> {
  const { edits, path } = request;
  const [{ editToml }, { parseConfig }, { readToml }, { updateFile }, schema] = await Promise.all([
    import('./toml/edit.ts'),
    import('./parse.ts'),
    import('./toml/syntax.ts'),
    import('./update-file.ts'),
    request.schema(),
  ]);
  for (const edit of edits) if ('set' in edit) schemaAt(schemaTree(schema), edit.set);
  return await updateFile({
    ...request,
    update: (text) => {
      const { problems } = readToml(text, path);
      if (problems.length > 0) throw invalidConfig(problems, fixFirst);
      const edited = editToml(text, edits);
      try {
        parseConfig(edited, path, schema);
      } catch (error) {
        // What was wrong before is told with its place in the file as it is.
        parseConfig(text, path, schema);
        throw withoutPlaces(error);
      }
      return edited;
    },
  });
}

const fixFirst = 'Correct the file first.';

/** The lines are those of a text that was not written. */
function withoutPlaces(error: unknown): unknown {
  if (!(error instanceof ConfigError) || error.problems.length === 0) return error;
  return invalidConfig(error.problems.map(({ line: _line, column: _column, ...problem }): Problem => problem));
}
