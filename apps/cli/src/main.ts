import { run } from './cli.ts';
import { ExitCode } from './exit-codes.ts';
import { processIo } from './process-io.ts';

/** The first version that has all that azfleet and the SDKs in it use: an older one would fail somewhere in the middle. */
const OLDEST_NODE = [22, 12] as const;

// Set, not called: what is still being written gets out, and a handle that was left open shows as a hang in the tests.
void (async () => {
  process.exitCode = isOldNode() ? refuseOldNode() : await run(process.argv.slice(2), processIo());
})();

function isOldNode(): boolean {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  return major < OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor < OLDEST_NODE[1]);
}

function refuseOldNode(): number {
  process.stderr.write(
    `azfleet: this is Node ${process.versions.node} (${process.execPath}); install Node ${OLDEST_NODE.join('.')} or newer\n`,
  );
  return ExitCode.usage;
}
