// Asks an origin that never answers: node hang.mjs DIRECTORY [KEY]
import { Cache } from '../../dist/index.js';

const [directory, key = 'theirs'] = process.argv.slice(2);
const namespace = new Cache({ directory }).namespace({
  kind: 'vm_status',
  scope: ['cloud', 'sub-1'],
  policy: { freshMs: 60_000 },
});
await namespace.fetch(key, () => {
  process.stdout.write('asking\n');
  return new Promise((resolve) => setTimeout(resolve, 3_600_000));
});
