// Loaded into the Node processes that a suite starts, in repetitions that are not timed: at the end it writes what the
// process took into a file. Nothing is written to stdout or stderr, and what that process starts itself is left alone.
'use strict';

const file = process.env.AZFLEET_BENCH_PROBE;
const options = process.env.AZFLEET_BENCH_NODE_OPTIONS;
delete process.env.AZFLEET_BENCH_PROBE;
delete process.env.AZFLEET_BENCH_NODE_OPTIONS;
if (options === undefined) delete process.env.NODE_OPTIONS;
else process.env.NODE_OPTIONS = options;

if (file !== undefined) {
  process.on('exit', () => {
    const { writeFileSync } = require('node:fs');
    const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
    try {
      const peakKb = peakOfThisProgramKb() ?? maxRSS;
      writeFileSync(file, JSON.stringify({ peakKb, cpuUs: userCPUTime + systemCPUTime }), { mode: 0o600 });
    } catch {
      // Not known, then.
    }
  });
}

/**
 * On Linux maxRSS begins with what the parent had when it forked: a large runner would be taken for its small child.
 * VmHWM begins anew with the program (proc_pid_status(5)).
 */
function peakOfThisProgramKb() {
  if (process.platform !== 'linux') return undefined;
  const { readFileSync } = require('node:fs');
  const line = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'));
  return line === null ? undefined : Number(line[1]);
}
