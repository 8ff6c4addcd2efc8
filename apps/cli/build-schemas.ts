// Writes the JSON Schemas of azfleet's files, for editors: generated from the very schemas that validate the files.
// They are committed, since the `#:schema` line of new files names them.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { jsonSchemas } from './src/settings/json-schemas.ts';

const directory = join(import.meta.dirname, 'schemas');
mkdirSync(directory, { recursive: true });
for (const [name, text] of Object.entries(jsonSchemas())) writeFileSync(join(directory, name), text);
