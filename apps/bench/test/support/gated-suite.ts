import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { folder, suiteText } from './folder.ts';

export interface GatedSuite {
  /** Where it is: `run` and `serve` find it from here. */
  readonly cwd: string;
  /** Lets the second comparison go on. */
  readonly open: () => void;
}

/** A suite whose first comparison is measured at once, and whose second waits until it is let. */
export function gatedSuite(): GatedSuite {
  const gate = join(folder(), 'open');
  const text = suiteText(
    `{ name: 'first', rounds: 8, against: 'theirs', sides: [${side('ours', 1)}, ${side('theirs', 2)}] },
     { name: 'second', rounds: 2, sides: [{ name: 'waiting', whole: waiting }] }`,
    `async function waiting() {
      while (!existsSync(${JSON.stringify(gate)})) await new Promise((resolve) => setTimeout(resolve, 10));
      return { seconds: 1 };
    }`,
  );
  return {
    cwd: folder({ 'package.json': '{}', 'benchmarks/sums.bench.mjs': text }),
    open: () => writeFileSync(gate, ''),
  };
}

function side(name: string, seconds: number): string {
  return `{ name: '${name}', whole: async () => ({ seconds: ${seconds} + Math.random() / 100, peakMemoryMb: 40, counts: { calls: 4, cacheHits: 3, cacheMisses: 1 } }) }`;
}
