import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { temporaryDirectory } from './support.ts';

const program = fileURLToPath(new URL('./much-output.ts', import.meta.url));

/** Runs it with a reader that counts. */
function muchOutput(...args: string[]): Promise<{ printed: number; grown: number; each: number }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--experimental-strip-types', '--no-warnings', program, ...args], {
      env: { ...process.env, NODE_OPTIONS: '', TMPDIR: temporaryDirectory() },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let printed = 0;
    let told = '';
    child.stdout.on('data', (bytes: Buffer) => (printed += bytes.length));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (told += text));
    child.on('error', reject);
    child.on('close', () => {
      const [grown = NaN, each = NaN] = told.split(' ').map(Number);
      resolve({ printed, grown, each });
    });
  });
}

const MOST_GROWTH = 80_000_000;

test.each([
  ['1', '100', 'text', []],
  ['1', '100', 'text', ['-o', 'json']],
  ['10', '20', 'text', ['-o', 'json']],
  ['10', '20', 'binary', ['-o', 'ndjson']],
  ['10', '20', 'binary', ['--group']],
  ['10', '20', 'text', []],
])(
  '%s machines with %s MB of %s each, %j: all of it arrives, and little is in memory',
  async (machines, mb, kind, flags) => {
    const { printed, grown, each } = await muchOutput(machines, mb, kind, ...flags);
    expect(each).toBeGreaterThanOrEqual(Number(mb) * 1_000_000);
    expect(printed).toBeGreaterThan(Number(machines) * each);
    expect(grown).toBeLessThan(MOST_GROWTH);
  },
);
