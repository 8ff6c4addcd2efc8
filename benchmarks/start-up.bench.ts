// The whole process of `azfleet list`, answered from the cache, beside an empty Node process: wall clock from spawn to
// close, in turn, and the peak of resident memory. Bounds: at most 1.5 times the empty process, less than 50 MB.
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { azfleet, openSandbox, spread, wallMs, type Sandbox } from './process/sandbox.ts';

const RUNS = Number(process.env['RUNS'] ?? 40);
const EMPTY = ['-e', '0'];

for (const machines of [10, 1000]) {
  const sandbox = await openSandbox({ machines });
  try {
    await measure(sandbox, machines);
  } finally {
    await sandbox.close();
  }
}

async function measure(sandbox: Sandbox, machines: number): Promise<void> {
  const list = [azfleet, 'list'];
  for (let index = 0; index < 3; index += 1) {
    await sandbox.azfleet('list');
    await wallMs(EMPTY, sandbox.env);
  }
  const before = sandbox.sim.stats().arm;
  const listMs: number[] = [];
  const emptyMs: number[] = [];
  for (let index = 0; index < RUNS; index += 1) {
    // The order changes, so that neither side always runs behind the other.
    const pair = [
      async () => listMs.push(await wallMs(list, sandbox.env)),
      async () => emptyMs.push(await wallMs(EMPTY, sandbox.env)),
    ];
    for (const side of index % 2 === 0 ? pair : pair.toReversed()) await side();
  }
  if (sandbox.sim.stats().arm !== before) throw new Error('a warm listing called Azure');
  const ratios = listMs.map((ms, index) => ms / emptyMs[index]!);
  console.log(`${machines} machines, table into a pipe, Node ${process.version}, ${RUNS} pairs`);
  console.log(`  azfleet list  ${spread(listMs, 'ms')}   peak ${spread(peaksMb(list, sandbox), 'MB')} (bound 50)`);
  console.log(`  node -e 0     ${spread(emptyMs, 'ms')}   peak ${spread(peaksMb(EMPTY, sandbox), 'MB')}`);
  console.log(`  ratio         ${spread(ratios, '×')} (bound 1.5)`);
}

function peaksMb(args: readonly string[], { env, directory }: Sandbox): number[] {
  const probe = join(directory, 'memory.cjs');
  writeFileSync(
    probe,
    `process.on('exit', () => require('node:fs').writeSync(2, '\\nRSS ' + process.resourceUsage().maxRSS));`,
  );
  return Array.from({ length: 11 }, () => {
    const { stderr } = spawnSync(process.execPath, ['--require', probe, ...args], { env, encoding: 'utf8' });
    return Number(/RSS (\d+)$/.exec(stderr)![1]) / 1024;
  });
}
