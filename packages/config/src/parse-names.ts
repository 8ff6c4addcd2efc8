/** Loads the TOML parser: import it only when a file of names has to be parsed. */
import { invalidConfig } from './errors.ts';
import { parseConfig } from './parse.ts';
import type { Problem } from './problem.ts';
import type { ConfigSchema } from './schema.ts';
import { formatKey } from './toml/format.ts';
import { Locator } from './toml/locate.ts';

/**
 * The names of a file, in its order.
 *
 * @throws {@link ConfigError} `CONFIG_INVALID`, also when two names differ in case only
 */
export function parseNames(text: string, source: string, schema: ConfigSchema): [name: string, value: string][] {
  const { values } = parseConfig(text, source, schema);
  const entries = Object.entries(values) as [string, string][];
  const locator = new Locator(text);
  const spellings = new Map<string, string>();
  const problems: Problem[] = [];
  for (const [name, value] of entries) {
    const place = { source, key: formatKey(name) };
    const first = spellings.get(name.toLowerCase());
    spellings.set(name.toLowerCase(), first ?? name);
    if (first !== undefined) {
      problems.push({ ...place, ...locator.key([name]), message: `the name is taken: ${first} differs in case only` });
    }
    if (/[\t\n]/.test(name + value)) {
      problems.push({ ...place, ...locator.key([name]), message: 'expected neither tabs nor line ends' });
    }
  }
  if (problems.length > 0) throw invalidConfig(problems);
  return entries;
}
