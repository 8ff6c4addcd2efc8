import { NamesFile } from '@azfleet/config';
import { schemaLine } from './schema-line.ts';
import type { Settings } from './settings.ts';

/** Counts the changes of session-schema.ts, so that what was compiled with an older schema is not used. */
const sessionsRevision = '1';

/** The file of session names: names that the user gave to machines. */
export function sessionsFile({ paths }: Pick<Settings, 'paths'>): NamesFile {
  return new NamesFile({
    path: paths.sessionsFile,
    schema: async () => (await import('./session-schema.ts')).sessionSchema,
    revision: sessionsRevision,
    compiledDirectory: paths.compiledDirectory,
    initialText: schemaLine('sessions'),
  });
}
