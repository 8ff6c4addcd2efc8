import { statfsSync } from 'node:fs';

// From statfs(2), Linux: NFS, SMB (three generations), AFS (two), Ceph, Lustre, GFS2, OCFS2.
const networkTypes = new Set([
  0x6969, 0x517b, 0xff534d42, 0xfe534d42, 0x5346414f, 0x6b414653, 0x00c36400, 0x0bd00bd3, 0x01161970, 0x7461636f,
]);

/** Whether this is the type of a file system that other machines write to. */
export function isNetworkType(type: number): boolean {
  return networkTypes.has(type);
}

/**
 * Whether files there are another machine's, where exclusive creation and time stamps cannot be relied on. Known for
 * Linux and for UNC paths on Windows; elsewhere the answer is no.
 */
export function isNetworkFileSystem(directory: string, platform = process.platform): boolean {
  if (platform === 'win32') return directory.startsWith('\\\\') && !directory.startsWith('\\\\?\\');
  if (platform !== 'linux') return false;
  try {
    return isNetworkType(statfsSync(directory).type);
  } catch {
    // The directory went away just now: a lock was released.
    return false;
  }
}
