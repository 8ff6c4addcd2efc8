// Asks for one key as soon as a line comes in, through a loader that notes each call in a file.
// node ask.mjs DIRECTORY CALLS answer|fail|die
import { appendFileSync } from 'node:fs';
import { Cache } from '../../dist/index.js';

const [directory, calls, outcome] = process.argv.slice(2);
const cache = new Cache({ directory });
const namespace = cache.namespace({ kind: 'vm_list', scope: ['cloud'], policy: { freshMs: 60_000 } });
process.stdout.write('ready\n');
await new Promise((resolve) => process.stdin.once('data', resolve));

const loader = async () => {
  appendFileSync(calls, `${process.pid}\n`);
  // Long enough for everybody to have come.
  await new Promise((resolve) => setTimeout(resolve, 300));
  if (outcome === 'die') process.kill(process.pid, 'SIGKILL');
  if (outcome === 'fail') throw new Error('the origin is down');
  return { value: process.pid };
};
const answer = await namespace.fetch('fleet', loader).catch((error) => ({ error: error.message }));
await cache.close();
process.stdout.write(JSON.stringify(answer));
process.exit();
