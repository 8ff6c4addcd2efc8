import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bench, type Outcome } from './bench.ts';
import { checkout, copyBuild, type Defect } from './broken-build.ts';
import { folder } from './folder.ts';

/**
 * Measures a suite on a copy of this build with a defect, beside this build, in real processes, and asks the gate. Two
 * rounds: what is asserted are counts.
 */
export async function gateOnDefect(defect: Defect, suite: string): Promise<Outcome & { readonly stderr: string }> {
  const build = join(folder(), 'build');
  copyBuild(build);
  defect(build);
  writeFileSync(join(build, 'benchmarks/defect.bench.ts'), suite);
  const files = ['new.base.json', 'new.json'].map((name) => join(build, name));
  const run = await bench(build, 'run', 'defect', '--base', checkout, '--rounds', '2', '--output', files[1]!);
  if (run.exitCode !== 0) throw new Error(run.stderr);
  return await bench(build, 'gate', ...files);
}
