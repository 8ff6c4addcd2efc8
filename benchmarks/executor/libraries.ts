import { Executor } from '@azfleet/executor';
import { mapLimit } from 'async';
import fastq from 'fastq';
import pLimit from 'p-limit';
import pMap, { pMapIterable } from 'p-map';
import PQueue from 'p-queue';

type Run = (
  items: IterableIterator<number>,
  task: (item: number) => Promise<number>,
  width: number,
) => Promise<unknown>;

/** Each library, used as its own documentation does it: run a task for every item, so many at once, and get the results. */
export const libraries: Record<string, Run> = {
  async '@azfleet/executor'(items, task) {
    const executor = new Executor();
    for await (const result of executor.map(items, task)) if (result.status !== 'ok') throw result.error;
  },
  async 'bare loop'(items, task, width) {
    const iterator = items[Symbol.iterator]();
    const worker = async (): Promise<void> => {
      for (let step = iterator.next(); step.done !== true; step = iterator.next()) await task(step.value);
    };
    await Promise.all(Array.from({ length: width }, worker));
  },
  'async mapLimit': (items, task, width) => mapLimit<number, number>(items[Symbol.iterator](), width, task),
  'p-map': (items, task, concurrency) => pMap(items, task, { concurrency }),
  async 'p-map iterable'(items, task, concurrency) {
    for await (const _ of pMapIterable(items, task, { concurrency }));
  },
  fastq(items, task, width) {
    const queue = fastq.promise(task, width);
    return Promise.all(Array.from(items, (item) => queue.push(item)));
  },
  'p-limit'(items, task, width) {
    const limit = pLimit(width);
    return Promise.all(Array.from(items, (item) => limit(task, item)));
  },
  'p-queue'(items, task, concurrency) {
    const queue = new PQueue({ concurrency });
    return Promise.all(Array.from(items, (item) => queue.add(() => task(item))));
  },
};

/** Those that pull their input as they need it, and hand out results as they come. */
export const lazy = ['@azfleet/executor', 'p-map iterable', 'bare loop'];
