import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Io } from '../io.ts';
import type { Sandbox } from './sandbox.ts';

/**
 * Writes an `azfleet` that starts this very azfleet with the sandbox as its home, and returns the folder that it is in.
 * At the front of a PATH it keeps azfleet off the user's `~/.ssh`, while every other program keeps its own home.
 */
export function writeLauncher({ directory }: Sandbox, { self, platform }: Pick<Io, 'self' | 'platform'>): string {
  const folder = join(directory, 'bin');
  mkdirSync(folder, { mode: 0o700 });
  const [name, text] =
    platform === 'win32' ? ['azfleet.cmd', batch(directory, self)] : ['azfleet', shell(directory, self)];
  writeFileSync(join(folder, name), text, { mode: 0o700, flag: 'wx' });
  return folder;
}

function shell(home: string, self: readonly string[]): string {
  return `#!/bin/sh\nHOME=${shellWord(home)} exec ${self.map(shellWord).join(' ')} "$@"\n`;
}

function batch(home: string, self: readonly string[]): string {
  const quoted = self.map((word) => `"${word.replaceAll('%', '%%')}"`).join(' ');
  return `@setlocal\r\n@set "USERPROFILE=${home.replaceAll('%', '%%')}"\r\n@${quoted} %*\r\n`;
}

/** A word that a POSIX shell takes as it is. */
export function shellWord(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
