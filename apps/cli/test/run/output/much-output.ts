// A process of its own that passes so many MB of so many machines through a sink, and tells on stderr by how many bytes
// its memory has grown. Arguments: machines, MB of each, text or binary, flags.
import { readArguments } from '../../../src/arguments.ts';
import { noExplain } from '../../../src/explain.ts';
import { plain } from '../../../src/output/style.ts';
import { processIo } from '../../../src/process-io.ts';
import { chooseSink } from '../../../src/run/output/choose-sink.ts';
import { runOutputFlags } from '../../../src/run/output/flags.ts';
import { vm } from '../../support/vm.ts';

const [count, megabytes, kind, ...flags] = process.argv.slice(2);
const io = processIo();
const machines = Array.from({ length: Number(count) }, (_, index) => vm({ name: `vm-${index}` }));
const chunk = kind === 'text' ? Buffer.from('é机器 "text" with a line end\n'.repeat(1000)) : Buffer.alloc(32_768, 0xff);
const chunks = Math.ceil((Number(megabytes) * 1_000_000) / chunk.length);
const context = {
  io,
  args: readArguments(flags, runOutputFlags, 'run'),
  explain: noExplain,
  style: plain,
  stderrStyle: plain,
  settings: () => Promise.reject(new Error('the output needs no settings')),
  notice: () => {},
};

const before = process.resourceUsage().maxRSS;
const sink = chooseSink(context, { machines, oneLiteral: false });
await Promise.all(
  machines.map(async (machine, index) => {
    for (let sent = 0; sent < chunks; sent += 1) await sink.write(machine, 'stdout', chunk);
    // So that no two are alike.
    await sink.write(machine, 'stdout', Buffer.from(`${index}\n`));
    await sink.result({
      machine,
      address: undefined,
      status: 'ok',
      reason: undefined,
      exitCode: 0,
      signal: undefined,
      error: undefined,
      attempts: 1,
      elapsedMs: 1,
    });
  }),
);
await sink.end();
await sink.close();
process.stderr.write(`${(process.resourceUsage().maxRSS - before) * 1024} ${chunks * chunk.length}\n`);
