// One process, one thing: node once.mjs DIRECTORY get KEY | set KEY | invalidate PATTERN
import { Cache } from '../../dist/index.js';

const [directory, action, argument] = process.argv.slice(2);
const cache = new Cache({ directory });
const namespace = cache.namespace({ kind: 'vm_status', scope: ['cloud', 'sub-1'], policy: { freshMs: 60_000 } });
const actions = {
  get: () => namespace.readSync(argument)?.value ?? null,
  set: () => namespace.set(argument, process.pid),
  invalidate: () => cache.invalidate(argument),
};
const result = await actions[action]();
await cache.close();
process.stdout.write(JSON.stringify(result));
