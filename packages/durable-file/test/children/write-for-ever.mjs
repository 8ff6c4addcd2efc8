// Replaces a file over and over until it is killed: node write-for-ever.mjs PATH sync|async
import { writeAtomic, writeAtomicSync } from '../../dist/index.js';

const [path, how] = process.argv.slice(2);
for (let round = 0; ; round += 1) {
  const text = JSON.stringify({ round, filling: String(round % 10).repeat(200_000), end: round });
  if (how === 'sync') writeAtomicSync(path, text, { fsync: false });
  else await writeAtomic(path, text, { fsync: false });
  if (round === 0) process.stdout.write('writing\n');
}
