import { editConfig, type TomlEdit, valueFromText } from '@azfleet/config';
import type { CommandContext } from '../command.ts';
import { schema } from './schema.ts';
import { schemaLine } from './schema-line.ts';
import { pathsOf } from './settings-request.ts';

/** What a new configuration file begins with. */
export const initialConfig = schemaLine('config');

/** What came of an edit. */
export interface SettingsEdited {
  /** Whether the file is another one now. */
  readonly changed: boolean;
  /** Whether it is valid now. */
  readonly valid: boolean;
}

/**
 * Changes keys of config.toml and nothing else in it. What was wrong in other places of it may stay, and is told.
 *
 * @throws `ConfigError` on what the schema does not take, with the file as it was
 */
export async function editSettings(context: CommandContext, edits: readonly TomlEdit[]): Promise<SettingsEdited> {
  const { changed, remaining } = await editConfig({
    path: pathsOf(context).configFile,
    edits,
    schema: async () => schema,
    initialText: initialConfig,
    brokenHint: 'open it with: azfleet config edit',
  });
  const count = remaining.length;
  if (count > 0) {
    const problems = count === 1 ? '1 problem remains' : `${count} problems remain`;
    context.notice(`azfleet: ${problems} in the file; see: azfleet config validate`);
  }
  return { changed, valid: count === 0 };
}

/** The edit that a person means who writes these words for a key; several words make a list. */
export async function setFromText(key: readonly string[], words: readonly string[]): Promise<TomlEdit> {
  return { set: key, value: await valueFromText(schema, key, words) };
}
