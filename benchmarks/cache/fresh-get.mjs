// A fresh process reads one entry of the cache: node fresh-get.mjs DIRECTORY KEY
import { Cache } from '@azfleet/cache';

const [directory, key] = process.argv.slice(2);
const namespace = new Cache({ directory }).namespace({
  kind: 'bench',
  scope: ['cloud'],
  policy: { freshMs: 3_600_000 },
});
const entry = namespace.readSync(key);
if (entry?.value.length !== 50) process.exitCode = 1;
