import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** The whole path of a program; undefined where it is not installed. */
function findProgram(name: string, ...places: string[]): string | undefined {
  const directories = [...places, ...(process.env['PATH'] ?? '').split(delimiter)];
  return directories.map((directory) => join(directory, name)).find((path) => existsSync(path));
}

export const sshKeygen = findProgram('ssh-keygen');
export const sshAgent = findProgram('ssh-agent');
export const sshAdd = findProgram('ssh-add');
// Not on every PATH.
export const sshd = findProgram('sshd', '/usr/sbin', '/usr/local/sbin');
