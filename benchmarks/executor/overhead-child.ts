// One library, one run, in a process of its own: so that memory is its own, and nothing is warm from another.
import { libraries } from './libraries.ts';

const WIDTH = 20;
const [library = '', count = '0'] = process.argv.slice(2);
const run = libraries[library];
if (run === undefined) throw new Error(`no library is called "${library}"`);

function* items(): Generator<number> {
  for (let item = 0; item < Number(count); item += 1) yield item;
}

const task = async (item: number): Promise<number> => item;

const peakBefore = process.resourceUsage().maxRSS;
await run(Array(5_000).keys(), task, WIDTH); // compiles
const started = performance.now();
await run(items(), task, WIDTH);
const ms = performance.now() - started;
console.log(
  JSON.stringify({
    tasksPerSecond: Number(count) / (ms / 1000),
    addedMb: (process.resourceUsage().maxRSS - peakBefore) / 1024,
  }),
);
