import { mkdirSync, promises } from 'node:fs';
import { writeError } from './errors.ts';

/**
 * Creates a directory and those above it that are missing, all with mode 0700. Directories that exist stay as they are:
 * whoever made them chose their mode.
 *
 * @throws {@link DurableFileError}
 */
export async function createPrivateDirectory(path: string): Promise<void> {
  try {
    await promises.mkdir(path, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw writeError(path, error);
  }
}

/** {@link createPrivateDirectory}, blocking. */
export function createPrivateDirectorySync(path: string): void {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw writeError(path, error);
  }
}
