// `azfleet list` of 100 machines with nothing cached: a whole process that asks Azure, with 0 and with 100 ms a call.
// What the latency adds is the longest chain of calls (endpoint metadata, token, list) and no more than 1.3 times that.
import { openSandbox, median, spread } from './process/sandbox.ts';

const RUNS = Number(process.env['RUNS'] ?? 10);
const LATENCY_MS = 100;
const CHAIN = 3;

const near = await openSandbox({ machines: 100 });
const far = await openSandbox({ machines: 100, latencyMs: LATENCY_MS });
const nearMs: number[] = [];
const farMs: number[] = [];
const warmMs: number[] = [];
try {
  for (let index = 0; index < RUNS + 1; index += 1) {
    near.forgetCache();
    far.forgetCache();
    const pair = [await near.azfleet('list'), await far.azfleet('list'), await far.azfleet('list')] as const;
    if (index === 0) continue; // warm-up
    nearMs.push(pair[0]);
    farMs.push(pair[1]);
    warmMs.push(pair[2]);
  }
  const calls = far.sim.stats().arm / (RUNS + 1);
  const added = median(farMs) - median(nearMs);
  console.log(`100 machines, nothing cached, ${RUNS} runs, ${calls} calls each (az vm list -d: 301)`);
  console.log(`  0 ms a call             ${spread(nearMs, 'ms')}`);
  console.log(`  ${LATENCY_MS} ms a call           ${spread(farMs, 'ms')}`);
  console.log(`  from the cache          ${spread(warmMs, 'ms')}`);
  console.log(
    `  what the latency added  ${added.toFixed(0)} ms: ${(added / (CHAIN * LATENCY_MS)).toFixed(2)} × the longest chain (bound 1.3)`,
  );
} finally {
  await near.close();
  await far.close();
}
