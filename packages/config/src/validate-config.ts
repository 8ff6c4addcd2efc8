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
 * Checks a configuration without loading it: what {@link Configuration.load} checks, and that the default context is
 * there, which a load needs only where nothing names another.
 *
 * @returns what is odd about it, though valid: unknown keys
 * @throws {@link ConfigError} `CONFIG_INVALID` with every problem there is, `CONFIG_UNREADABLE`
 */
export async function validateConfig({ path, text, schema }: ConfigCheck): Promise<readonly Problem[]> {
  const [{ assertValid }, { judgeWhole }] = await Promise.all([import('./parse.ts'), import('./judge-whole.ts')]);
  const { problems, warnings } = judgeWhole(text ?? readConfigText(path) ?? '', path, await schema());
  assertValid(problems, warnings);
  return warnings;
}
