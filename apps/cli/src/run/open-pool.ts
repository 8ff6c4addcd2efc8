import { type PassphrasePrompt, SshPool } from '@azfleet/ssh-pool';
import { readdirSync, readFileSync } from 'node:fs';
import type { Io } from '../io.ts';
import type { Settings } from '../settings/settings.ts';
import { ownKnownHosts } from './new-keys.ts';

/** With more, hand-shakes only wait for this process. */
const MOST_CONNECTIONS = 256;
/** What everything else may need: the cache, the log of a crash, a socket to Azure. */
const SPARE_DESCRIPTORS = 32;
/** The socket, and two files for the output of its machine. */
const DESCRIPTORS_A_CONNECTION = 3;
/** A dead host keeps its place no longer, where nothing else sets a limit. */
const CONNECT_MS = 15_000;

/** A pool, and how many connections it may have open. */
export interface OpenPool {
  readonly pool: SshPool;
  readonly maxConnections: number;
  /** Whether this process may open fewer files than it takes to have so many, or as many as would be good. */
  readonly isShortOfDescriptors: boolean;
}

/**
 * The pool as the settings want it. Connections are for this command: nothing is kept open for another one.
 *
 * @param prompt asks for the passphrases of keys. Default: the program in SSH_ASKPASS
 */
export function openPool(
  { ssh, paths }: Settings,
  io: Io,
  { connectMs, prompt }: { connectMs?: number | undefined; prompt?: PassphrasePrompt | undefined } = {},
): OpenPool {
  const possible = Math.max(2, Math.floor((freeDescriptors(io) - SPARE_DESCRIPTORS) / DESCRIPTORS_A_CONNECTION));
  const wanted = ssh.maxConnections === 'auto' ? MOST_CONNECTIONS : ssh.maxConnections;
  const maxConnections = Math.min(wanted, possible);
  const pool = new SshPool({
    maxConnections,
    maxIdle: ssh.maxIdle,
    idleTimeoutMs: ssh.idleTimeoutMs,
    limits: { connectMs: connectMs ?? CONNECT_MS },
    knownHosts: { own: ownKnownHosts(paths), user: [ssh.knownHosts] },
    ...(prompt === undefined ? {} : { prompt }),
    env: io.env,
    homeDirectory: io.homeDirectory,
  });
  return { pool, maxConnections, isShortOfDescriptors: possible < wanted };
}

/** How many files this process may still open; as many as one likes, where that cannot be found out. */
function freeDescriptors({ platform }: Io): number {
  if (platform === 'win32') return Infinity;
  return descriptorLimit(platform) - openDescriptors();
}

function descriptorLimit(platform: NodeJS.Platform): number {
  try {
    if (platform === 'linux') {
      const [, limit] = /^Max open files\s+(\d+)/m.exec(readFileSync('/proc/self/limits', 'latin1')) ?? [];
      return limit === undefined ? Infinity : Number(limit);
    }
    const report: NodeJS.ProcessReport & { excludeNetwork?: boolean } = process.report;
    report.excludeNetwork = true; // it would look up names
    const { userLimits } = report.getReport() as { userLimits?: { open_files?: { soft?: unknown } } };
    const soft = Number(userLimits?.open_files?.soft);
    return Number.isFinite(soft) ? soft : Infinity;
  } catch {
    return Infinity;
  }
}

function openDescriptors(): number {
  try {
    return readdirSync('/dev/fd').length;
  } catch {
    return 0;
  }
}
