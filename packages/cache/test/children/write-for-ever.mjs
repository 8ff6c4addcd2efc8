// Writes, fetches and invalidates until it is killed: node write-for-ever.mjs DIRECTORY
import { Cache } from '../../dist/index.js';

const cache = new Cache({ directory: process.argv[2], maxBytes: 2_000_000 });
const namespace = cache.namespace({ kind: 'vm', scope: ['cloud'], policy: { freshMs: 3_600_000 } });
for (let round = 0; ; round += 1) {
  const value = { round, filling: String(round % 10).repeat(100_000), end: round };
  await namespace.set(`set-${round % 5}`, value);
  await namespace.fetch(`fetched-${round % 5}`, async () => ({ value }), { mode: 'refresh' });
  if (round % 50 === 49) await namespace.invalidate();
  if (round === 0) process.stdout.write('writing\n');
}
