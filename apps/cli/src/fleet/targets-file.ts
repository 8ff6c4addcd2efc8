import { readFileSync } from 'node:fs';
import { CliError } from '../errors.ts';
import { ExitCode } from '../exit-codes.ts';

/** Names from a file or, for `-`, from stdin: one a line, `#` starts a comment. @throws CliError where there are none */
export function readTargets(file: string): string[] {
  const names = read(file)
    .split(/\r?\n/)
    .map((line) => line.replace(/(^|\s)#.*$/, '').trim())
    .filter((line) => line !== '');
  if (names.length > 0) return names;
  throw new CliError('NO_TARGETS', `--targets-from ${file}: no name in it`, {
    exitCode: ExitCode.nothingSelected,
    hint: 'write one machine a line',
  });
}

function read(file: string): string {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // A closed or absent stdin is an empty one.
    if (file === '-' && (code === 'EOF' || code === 'EBADF' || code === 'EAGAIN')) return '';
    throw new CliError('TARGETS_UNREADABLE', `--targets-from ${file}: cannot be read (${code})`, {
      exitCode: ExitCode.usage,
      hint: 'check the name, or pass - for stdin',
      cause: error,
    });
  }
}
