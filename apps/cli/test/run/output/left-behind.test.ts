import { spawn } from 'node:child_process';
import { readdirSync, readlinkSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { temporaryDirectory } from './support.ts';

const program = fileURLToPath(new URL('./much-output.ts', import.meta.url));

test.skipIf(process.platform !== 'linux')(
  'a process that is killed in the middle leaves nothing of the output',
  async () => {
    const directory = temporaryDirectory();
    const child = spawn(
      process.execPath,
      ['--experimental-strip-types', '--no-warnings', program, '2', '50', 'text', '-o', 'ndjson'],
      { env: { ...process.env, NODE_OPTIONS: '', TMPDIR: directory }, stdio: ['ignore', 'pipe', 'inherit'] },
    );
    // The first machine's line begins; nobody reads on, so that it stays in the middle.
    await new Promise((resolve) => child.stdout.once('readable', resolve));
    expect(filesOf(child.pid!).filter((file) => file.startsWith(directory))).toEqual([
      expect.stringMatching(/^.*\/azfleet-run-\w+\/output \(deleted\)$/),
    ]);
    const closed = new Promise((resolve) => child.on('close', resolve));
    child.kill('SIGKILL');
    child.stdout.resume();
    await closed;
    expect(readdirSync(directory)).toEqual([]);
  },
);

/** What the descriptors of a process lead to. */
function filesOf(pid: number): string[] {
  return readdirSync(`/proc/${pid}/fd`).flatMap((descriptor) => {
    try {
      return [readlinkSync(`/proc/${pid}/fd/${descriptor}`)];
    } catch {
      return []; // closed meanwhile
    }
  });
}
