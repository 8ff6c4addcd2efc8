import { execFile } from 'node:child_process';
import { cpus, totalmem } from 'node:os';
import { promisify } from 'node:util';
import type { Environment } from '../result/result.ts';
import { version } from '../version.ts';
import { versionOf } from './versions.ts';

/** What the times depend on, besides what is measured: the same for all builds. */
export function environmentFacts(): Environment {
  const all = cpus();
  return {
    node: process.version,
    platform: process.platform,
    arch: process.arch,
    cpu: all[0]?.model.trim() ?? '',
    cpus: all.length,
    memory_mb: Math.round(totalmem() / 1024 ** 2),
    versions: { '@azfleet/bench': version(), tinybench: versionOf('tinybench', import.meta.filename) ?? 'unknown' },
  };
}

/** The commit of a folder's checkout, with `+` where something is not committed; null where it is none. */
export async function commitOf(directory: string): Promise<string | null> {
  const commit = await git(directory, ['rev-parse', 'HEAD']);
  if (commit === undefined) return null;
  const changes = await git(directory, ['status', '--porcelain']);
  return changes === '' ? commit : `${commit}+`;
}

/** The top of a folder's checkout; undefined where it is none. */
export async function checkoutOf(directory: string): Promise<string | undefined> {
  return await git(directory, ['rev-parse', '--show-toplevel']);
}

async function git(directory: string, args: readonly string[]): Promise<string | undefined> {
  try {
    const { stdout } = await promisify(execFile)('git', ['-C', directory, ...args]);
    return stdout.trim();
  } catch {
    return undefined; // no git, or no checkout
  }
}
