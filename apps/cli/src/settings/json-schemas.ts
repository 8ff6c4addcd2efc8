/** Only for building and testing: the command line does not contain this module. */
import { toJsonSchema } from '@valibot/to-json-schema';
import { schema } from './schema.ts';
import { sessionSchema } from './session-schema.ts';

interface JsonSchema {
  [key: string]: unknown;
}

/** The JSON Schemas of config.toml and sessions.toml, by file name. */
export function jsonSchemas(): Readonly<Record<string, string>> {
  const sources = { 'config.schema.json': schema, 'sessions.schema.json': sessionSchema };
  const texts = Object.entries(sources).map(([name, source]) => {
    // What a file says, not what is made of it. What JSON Schema cannot say is left out, and checked when it is read.
    const { $schema, ...rest } = toJsonSchema(source, { typeMode: 'input', errorMode: 'ignore' });
    const title = `azfleet ${name.replace('.schema.json', '.toml')}`;
    const text = JSON.stringify({ $schema, title, ...(closed(rest) as JsonSchema) }, null, 2);
    // Lists on one line, as the formatter wants them.
    return [
      name,
      `${text.replaceAll(/\[\s+([^[\]{}]+?)\s+\]/g, (_, items: string) => `[${items.replaceAll(/\s+/g, ' ')}]`)}\n`,
    ];
  });
  return Object.fromEntries(texts) as Record<string, string>;
}

/** Editors mark unknown keys, as azfleet warns of them. */
function closed(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(closed);
  if (typeof node !== 'object' || node === null) return node;
  const members = Object.entries(node).map(([key, value]): [string, unknown] => [key, closed(value)]);
  const isTable = 'properties' in node && 'type' in node && node.type === 'object';
  return { ...Object.fromEntries(members), ...(isTable ? { additionalProperties: false } : {}) };
}
