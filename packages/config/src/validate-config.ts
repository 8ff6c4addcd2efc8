import type { Problem } from './problem.ts';
import { readConfigText } from './read-file.ts';
import type { ConfigSchema } from './schema.ts';

/** What to check. */
export interface ConfigCheck {
  /** The file, or what to call the text in problems. */
  readonly path: string;
  /**
   * The text to check instead of the file's.
   *
   * @default what is in the file; a missing one is empty
   */
  readonly text?: string | undefined;
  readonly schema: () => Promise<ConfigSchema>;
}

/**
 * Checks a configuration without loading it.
 *
 * @returns what is odd about it, though valid: unknown keys
 * @throws {@link ConfigError} `CONFIG_INVALID` with every problem there is, `CONFIG_UNREADABLE`
 */
export async function validateConfig({ path, text, schema }: ConfigCheck): Promise<readonly Problem[]> {
  const { parseConfig } = await import('./parse.ts');
  return parseConfig(text ?? readConfigText(path) ?? '', path, await schema()).warnings;
}
