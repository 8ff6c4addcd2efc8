import { join } from 'node:path';
import * as v from 'valibot';
import type { NamesFileOptions } from '../../src/index.ts';

const name = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,64}$/, 'a name of letters, digits, "-" and "_"'));

/** A file of names below a directory. */
export function namesOptions(directory: string): NamesFileOptions {
  return {
    path: join(directory, 'names.toml'),
    schema: async () => v.record(name, v.pipe(v.string('a path'), v.startsWith('/', 'a path'))),
    revision: '1',
    compiledDirectory: join(directory, 'cache'),
  };
}

/** A machine's id, as they look. */
export function machineId(index: number): string {
  const subscription = `00000000-0000-0000-0000-${String(index % 7).padStart(12, '0')}`;
  return `/subscriptions/${subscription}/resourceGroups/rg-${index % 31}/providers/Microsoft.Compute/virtualMachines/vm-${index}`;
}
