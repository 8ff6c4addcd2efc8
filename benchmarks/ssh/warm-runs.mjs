// `warm-runs.mjs KIND ADDRESS LIST` runs `true` on all machines for each line that it reads, and answers with the
// milliseconds that it took. Connections are kept.
import { createInterface } from 'node:readline';
import { openClient } from './clients.mjs';

const { runOnAll, close } = await openClient(...process.argv.slice(2));
for await (const _ of createInterface({ input: process.stdin })) {
  const started = performance.now();
  await runOnAll();
  process.stdout.write(`${performance.now() - started}\n`);
}
await close();
