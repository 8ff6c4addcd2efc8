import { join } from 'node:path';

const shape = /^\.[0-9a-z]+-[0-9a-z]+-[0-9a-z]+\.azf-tmp$/;
let counter = 0;

/**
 * The next name for a temporary file in `directory`: process, time and a counter. Never one fixed name, which two
 * processes would write at once and which someone could have put a symbolic link at.
 */
export function nextTemporaryPath(directory: string): string {
  counter += 1;
  return join(directory, `.${process.pid.toString(36)}-${Date.now().toString(36)}-${counter.toString(36)}.azf-tmp`);
}

/** Whether a file name is one that atomic writes use; such a file that is old was left by a crash and can be removed. */
export function isTemporaryName(name: string): boolean {
  return shape.test(name);
}
