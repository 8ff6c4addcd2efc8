import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import {
  Cache,
  type CacheNamespace,
  type CacheOptions,
  type CachePolicy,
  type CacheWarning,
  type Loader,
} from '../../src/index.ts';
import { scratch } from './scratch.ts';
import { VirtualClock } from './virtual-clock.ts';

export const minute = 60_000;
export const hour = 60 * minute;

/** Fresh for a minute, then an hour's grace, and a day's if the origin fails. */
export const policy: CachePolicy = { freshMs: minute, staleWhileRevalidateMs: hour, staleIfErrorMs: 24 * hour };

export interface Fixture {
  cache: Cache;
  namespace: CacheNamespace;
  clock: VirtualClock;
  directory: string;
  warnings: CacheWarning[];
}

/** A cache in a directory of its own, with a clock that the test moves. */
export function fixture(options: Partial<CacheOptions> & { policy?: CachePolicy } = {}): Fixture {
  const directory = options.directory ?? join(scratch(), 'cache');
  const clock = new VirtualClock();
  const warnings: CacheWarning[] = [];
  const cache = new Cache({ directory, clock, onWarning: (warning) => warnings.push(warning), ...options });
  onTestFinished(() => cache.close());
  const namespace = cache.namespace({ kind: 'vm_status', scope: ['cloud', 'sub-1'], policy: options.policy ?? policy });
  return { cache, namespace, clock, directory, warnings };
}

/** A loader that counts its calls and answers with their number. */
export function counting(): Loader<number> & { calls: number } {
  const loader = Object.assign(
    async () => {
      loader.calls += 1;
      return { value: loader.calls };
    },
    { calls: 0 },
  );
  return loader;
}

/** A loader that answers when it is told to. */
export function controlled<T>(): {
  loader: Loader<T>;
  calls: Parameters<Loader<T>>[0][];
  answer: (value: T) => void;
  fail: (error: Error) => void;
} {
  const calls: Parameters<Loader<T>>[0][] = [];
  const waiting: { resolve: (loaded: { value: T }) => void; reject: (error: Error) => void }[] = [];
  return {
    calls,
    loader: (context) => {
      calls.push(context);
      return new Promise((resolve, reject) => waiting.push({ resolve, reject }));
    },
    answer: (value) => waiting.shift()?.resolve({ value }),
    fail: (error) => waiting.shift()?.reject(error),
  };
}

export const failing: Loader<never> = async () => {
  throw new Error('the origin is down');
};

/** The paths of all files and directories below one, relative to it. */
export function tree(directory: string): string[] {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' }).toSorted();
}

/** The one entry file there is. */
export function onlyEntry(directory: string): string {
  const entries = tree(directory).filter((name) => name.endsWith('.json'));
  if (entries.length !== 1) throw new Error(`expected one entry, found ${entries.join(', ')}`);
  return join(directory, entries[0]!);
}
