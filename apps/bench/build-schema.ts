// Writes the JSON Schema of result files: generated from the very schema that checks them when they are read. It is
// committed, so that a change of the format is seen.
import { toJsonSchema } from '@valibot/to-json-schema';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { resultSchema } from './src/result/schema.ts';

// What JSON Schema cannot say is left out, and checked when a file is read.
const { $schema, ...rest } = toJsonSchema(resultSchema, { typeMode: 'input', errorMode: 'ignore' });
const text = JSON.stringify({ $schema, title: 'A result file of azfleet-bench', ...rest }, null, 2);
const directory = join(import.meta.dirname, 'schemas');
mkdirSync(directory, { recursive: true });
// Lists that fit on one line, as the formatter wants them.
const WIDTH = 120;
const formatted = text.replaceAll(
  /^(.*)\[\s+([^[\]{}]+?)\s+\](,?)$/gm,
  (list, before: string, items: string, after: string) => {
    const line = `${before}[${items.replaceAll(/\s+/g, ' ')}]${after}`;
    return line.length <= WIDTH ? line : list;
  },
);
writeFileSync(join(directory, 'result.json'), `${formatted}\n`);
