// What it costs to run a task that does nothing: throughput and memory beside p-map, p-limit, p-queue, fastq and async, in
// the same run. Each measurement is a process of its own; rounds go through all libraries in turn, and the fastest counts:
// whatever else runs on the machine only makes it slower.
// Bounds: at least 500,000 tasks a second, and at most 40 MB added for a million lazy items.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { lazy, libraries } from './executor/libraries.ts';

const ROUNDS = Number(process.env['ROUNDS'] ?? 7);
const OURS = '@azfleet/executor';
const LEAST_PER_SECOND = 500_000;
const MOST_ADDED_MB = 40;

interface Measure {
  readonly tasksPerSecond: number;
  readonly addedMb: number;
}

const names = Object.keys(libraries);
report(
  `100,000 tasks, 20 at once (${OURS}: as many as it finds), Node ${process.version}, fastest of ${ROUNDS}`,
  measure(names, 100_000),
);
const million = measure(lazy, 1_000_000);
report(`1,000,000 items, pulled as they are needed`, million);

const { tasksPerSecond, addedMb } = million.get(OURS) as Measure;
const holds = tasksPerSecond >= LEAST_PER_SECOND && addedMb <= MOST_ADDED_MB;
console.log(
  `\n${holds ? 'holds' : 'DOES NOT HOLD'}: ${thousands(tasksPerSecond)} tasks/s (at least ${thousands(LEAST_PER_SECOND)}), ` +
    `${addedMb.toFixed(0)} MB added (at most ${MOST_ADDED_MB})`,
);
if (!holds) process.exitCode = 1;

function measure(libraries: readonly string[], items: number): Map<string, Measure> {
  const runs = new Map(libraries.map((name) => [name, [] as Measure[]]));
  for (let round = 0; round < ROUNDS; round += 1)
    for (const name of libraries) runs.get(name)?.push(runOnce(name, items));
  return new Map([...runs].map(([name, measures]) => [name, summary(measures)]));
}

function runOnce(library: string, items: number): Measure {
  const child = join(import.meta.dirname, 'executor/overhead-child.ts');
  const args = ['--experimental-strip-types', '--no-warnings', child, library, String(items)];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${library} ended with ${status}: ${stderr}`);
  return JSON.parse(stdout) as Measure;
}

function summary(measures: readonly Measure[]): Measure {
  return {
    tasksPerSecond: Math.max(...measures.map((measure) => measure.tasksPerSecond)),
    addedMb: median(measures.map((measure) => measure.addedMb)),
  };
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] as number;
}

function report(title: string, measures: ReadonlyMap<string, Measure>): void {
  const ours = (measures.get(OURS) as Measure).tasksPerSecond;
  console.log(
    `\n${title}\n${'library'.padEnd(20)}${'tasks/s'.padStart(12)}${'ours ÷ it'.padStart(12)}${'MB added'.padStart(12)}`,
  );
  for (const [name, { tasksPerSecond, addedMb }] of measures) {
    const ratio = (ours / tasksPerSecond).toFixed(2);
    console.log(
      `${name.padEnd(20)}${thousands(tasksPerSecond).padStart(12)}${ratio.padStart(12)}${addedMb.toFixed(0).padStart(12)}`,
    );
  }
}

function thousands(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}
