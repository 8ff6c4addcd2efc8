import type { ProcessRun } from '@azfleet/bench';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** The built command line. */
export const azfleetPath = join(
  dirname(createRequire(import.meta.url).resolve('azfleet/package.json')),
  'dist/azfleet.cjs',
);

/** azfleet, with something to list and a cache that is nobody else's. */
export interface Azfleet {
  readonly env: Readonly<Record<string, string>>;
  /**
   * Runs it and measures its whole process.
   * @throws where it did not end with exit code 0 or, where that is known, printed nothing or asked otherwise than it was to
   */
  run(words: readonly string[], how?: RunOptions): Promise<ProcessRun>;
  forgetCache(): void;
}

export interface RunOptions {
  /** Whether Azure has to be asked, or must not be; where calls can be counted. @default either will do */
  readonly asks?: boolean;
  /** Arguments of Node itself. */
  readonly node?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** Whether a command needs to know what machines there are. */
export function isListing([command]: readonly string[]): boolean {
  return command === 'list' || command === 'status';
}
