// `do-nothing.mjs LIBRARY ITEMS ADDRESS` runs a task that does nothing for every item, 20 at once, and prints the
// milliseconds. Each library is used as its own documentation does it, and hands over all results.
const [library, items, address] = process.argv.slice(2);
const loaded = address === '' ? {} : await import(address);
const WIDTH = 20;

const runs = {
  /** As many at once as it finds. */
  async azfleet(items, task) {
    const executor = new loaded.Executor();
    for await (const result of executor.map(items, task)) if (result.status !== 'ok') throw result.error;
  },
  async 'bare-loop'(items, task) {
    const iterator = items[Symbol.iterator]();
    const worker = async () => {
      for (let step = iterator.next(); step.done !== true; step = iterator.next()) await task(step.value);
    };
    await Promise.all(Array.from({ length: WIDTH }, worker));
  },
  async: (items, task) => loaded.mapLimit(items, WIDTH, task),
  'p-map': (items, task) => loaded.default(items, task, { concurrency: WIDTH }),
  async 'p-map-iterable'(items, task) {
    for await (const _ of loaded.pMapIterable(items, task, { concurrency: WIDTH }));
  },
  fastq(items, task) {
    const queue = loaded.default.promise(task, WIDTH);
    return Promise.all(Array.from(items, (item) => queue.push(item)));
  },
  'p-limit'(items, task) {
    const limit = loaded.default(WIDTH);
    return Promise.all(Array.from(items, (item) => limit(task, item)));
  },
  'p-queue'(items, task) {
    const queue = new loaded.default({ concurrency: WIDTH });
    return Promise.all(Array.from(items, (item) => queue.add(() => task(item))));
  },
};

function* numbers(count) {
  for (let item = 0; item < count; item += 1) yield item;
}

let done = 0;
const task = async (item) => {
  done += 1;
  return item;
};

const run = runs[library];
await run(numbers(5000), task); // compiles
done = 0;
const started = performance.now();
await run(numbers(Number(items)), task);
const elapsedMs = performance.now() - started;
if (done !== Number(items)) throw new Error(`${library} ran ${done} of ${items} tasks`);
process.stdout.write(String(elapsedMs));
