// Raises a number in a file until it is killed, and tells when it has done so once: count-up.mjs PATH FIRST
import { editConfig } from '@azfleet/config';
import * as v from 'valibot';

const [path, first] = process.argv.slice(2);
const schema = async () => v.object({ counter: v.object({ value: v.number(), padding: v.string() }) });
for (let value = Number(first); ; value++) {
  const edits = [
    { set: ['counter', 'value'], value },
    { set: ['counter', 'padding'], value: String(value % 10).repeat(4096) },
  ];
  await editConfig({ path, schema, edits });
  if (value === Number(first)) process.stdout.write('ready\n');
}
