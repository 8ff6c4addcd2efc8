import { editConfig, type TomlEdit, valueFromText } from '@azfleet/config';
import { schema } from './schema.ts';
import { schemaLine } from './schema-line.ts';

/** What a new configuration file begins with. */
export const initialConfig = schemaLine('config');

/**
 * Changes keys of config.toml and nothing else in it.
 *
 * @returns whether the file changed
 * @throws `ConfigError` on what the schema does not take, with the file as it was
 */
export async function editSettings(path: string, edits: readonly TomlEdit[]): Promise<boolean> {
  return await editConfig({ path, edits, schema: async () => schema, initialText: initialConfig });
}

/** The edit that a person means who writes these words for a key; several words make a list. */
export async function setFromText(key: readonly string[], words: readonly string[]): Promise<TomlEdit> {
  return { set: key, value: await valueFromText(schema, key, words) };
}
