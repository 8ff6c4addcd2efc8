import { readConfigText } from './read-file.ts';
import { Locator } from './toml/locate.ts';

/**
 * Where a file sets a key, for `config.toml:12:8` beside a value; undefined when it does not.
 *
 * @throws {@link ConfigError} `CONFIG_UNREADABLE`
 */
export function locateKey(file: string, path: readonly string[]): { line: number; column: number } | undefined {
  const locator = new Locator(readConfigText(file) ?? '');
  if (!locator.has(path)) return undefined;
  const { line, column } = locator.key(path);
  return { line, column };
}
