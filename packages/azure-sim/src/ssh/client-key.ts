import { randomBytes } from 'node:crypto';
import { rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeKeyPair } from './key-pair.ts';

/** The key that signs in everywhere. */
export interface ClientKey {
  readonly path: string;
  readonly publicText: string;
  readonly publicBlob: Uint8Array;
  remove(): Promise<void>;
}

/** Makes a key and writes its private part, 0600, as `azure-sim-ssh-key` into `directory`. */
export async function writeClientKey(directory: string): Promise<ClientKey> {
  const { privateText, publicText, publicBlob } = makeKeyPair();
  const path = join(directory, 'azure-sim-ssh-key');
  const temporary = `${path}.${randomBytes(6).toString('hex')}.tmp`;
  await writeFile(temporary, privateText, { flag: 'wx', mode: 0o600 });
  await rename(temporary, path);
  return { path, publicText, publicBlob, remove: () => rm(path, { force: true }) };
}
