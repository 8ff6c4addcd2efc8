import { invalidConfig } from './errors.ts';
import { schemaAt } from './known-key.ts';
import { type ConfigSchema, schemaTree } from './schema.ts';
import { formatPath, type TomlValue } from './toml/format.ts';
import { mismatch, nearestChoice, validate } from './validate.ts';

/**
 * The value that a person means who writes `texts` for a key: the text itself where the schema takes a string, else what
 * it says in TOML (`22`, `true`, `["a", "b"]`); where the schema takes a list, the texts are its members.
 *
 * @throws {@link ConfigError} `CONFIG_UNKNOWN_KEY`; `CONFIG_INVALID` when the schema takes none of these
 */
export async function valueFromText(
  schema: ConfigSchema,
  path: readonly string[],
  texts: readonly string[],
): Promise<TomlValue> {
  const node = schemaAt(schemaTree(schema), path);
  const candidates: TomlValue[] = texts.length === 1 ? [...texts, ...(await fromToml(texts[0] ?? ''))] : [];
  candidates.push([...texts]);
  if (node === undefined) return candidates.at(-2) ?? texts;
  const results = candidates.map((candidate) => validate(node as unknown as ConfigSchema, candidate));
  const fitting = results.findIndex((result) => result.findings === undefined);
  if (fitting !== -1) return candidates[fitting] as TomlValue;
  const expected = results[0]?.findings?.[0]?.expected ?? 'another value';
  const text = texts.map((part) => JSON.stringify(part)).join(' ');
  const near = nearestChoice(node, texts[0]);
  const problem = { source: '', key: formatPath(path), text, expected, nearest: near };
  throw invalidConfig([{ ...problem, message: mismatch(expected, text, near) }]);
}

async function fromToml(text: string): Promise<TomlValue[]> {
  const { parse } = await import('smol-toml');
  try {
    const { value, ...more } = parse(`value = ${text}`);
    return Object.keys(more).length === 0 ? [value as TomlValue] : [];
  } catch {
    return []; // It says nothing in TOML.
  }
}
