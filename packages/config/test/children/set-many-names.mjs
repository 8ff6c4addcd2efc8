// Sets names of its own in a file: set-many-names.mjs PATH PREFIX COUNT
import { NamesFile } from '@azfleet/config';
import * as v from 'valibot';

const [path, prefix, count] = process.argv.slice(2);
const names = new NamesFile({ path, schema: async () => v.record(v.string(), v.string()), revision: '1' });
for (let index = 0; index < Number(count); index++) await names.set(`${prefix}-${index}`, `/value/${prefix}/${index}`);
