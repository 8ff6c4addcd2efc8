import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { run } from '../../src/cli.ts';
import { capturedIo, type Outcome } from './cli.ts';

const clock = {
  now: () => Date.now(),
  setTimeout: (callback: () => void, ms: number) => setTimeout(callback, ms),
  clearTimeout: (handle: unknown) => clearTimeout(handle as NodeJS.Timeout),
};

/** A home directory of its own for a test, and azfleet in it, without any Azure. */
export interface Home {
  readonly directory: string;
  readonly configFile: string;
  /** With `columns`, on a terminal this wide. */
  azfleet(args: readonly string[], env?: Readonly<Record<string, string>>, columns?: number): Promise<Outcome>;
  /** The text of the configuration file. */
  config(): string;
}

export function testHome(config?: string): Home {
  const directory = mkdtempSync(join(tmpdir(), 'azfleet-home-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  const configFile = join(directory, 'config.toml');
  if (config !== undefined) writeFileSync(configFile, config);
  return {
    directory,
    configFile,
    async azfleet(args, env = {}, columns) {
      const own = { PATH: process.env['PATH'], HOME: directory, AZFLEET_CONFIG: configFile };
      const io = capturedIo({ ...own, ...env }, clock, columns);
      const exitCode = await run(args, io);
      const { stdout, stderr } = io.printed;
      return { exitCode, stdout, stderr };
    },
    config: () => readFileSync(configFile, 'utf8'),
  };
}
