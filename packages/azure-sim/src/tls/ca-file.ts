import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where the CA certificate lies, and how to take it away again. */
export interface CaFile {
  readonly path: string;
  remove(): Promise<void>;
}

/**
 * Writes the CA certificate (public, 0644) as `azure-sim-ca.pem` into `directory`, or into a fresh 0700 temporary one that
 * `remove()` takes away as well.
 */
export async function writeCaFile(pem: string, directory: string | undefined): Promise<CaFile> {
  const own = directory === undefined;
  const folder = directory ?? (await mkdtemp(join(tmpdir(), 'azure-sim-')));
  if (!own) await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, 'azure-sim-ca.pem');
  const temporary = `${path}.${randomBytes(6).toString('hex')}.tmp`;
  await writeFile(temporary, pem, { flag: 'wx', mode: 0o644 });
  await rename(temporary, path);
  return { path, remove: () => rm(own ? folder : path, { recursive: own, force: true }) };
}
