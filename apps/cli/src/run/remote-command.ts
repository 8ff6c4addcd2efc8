/** A word as a POSIX shell reads it back. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}

/** The words of the command line as the user's shell over there gets them: joined by spaces, as ssh does. */
export function commandOf(words: readonly string[], sudo: boolean): string {
  const command = words.join(' ');
  return sudo ? `sudo -n -- sh -c ${quoted(command)}` : command;
}

/**
 * What runs a script that comes on stdin: it is written to a file that nobody else can read, run by the interpreter that
 * its first line names, and removed. Its text is in no argument list; only its length is, since what was cut off by a
 * lost connection must not be run.
 */
export function scriptCommand(script: Uint8Array, words: readonly string[], sudo: boolean): string {
  const wrapper = [
    'd=$(mktemp -d) || exit 1',
    'trap "rm -rf -- \\"$d\\"" EXIT',
    'trap "exit 129" HUP',
    'trap "exit 130" INT',
    'trap "exit 143" TERM',
    'umask 077',
    'cat >"$d/script" && chmod 700 "$d/script" || exit 1',
    `[ $(wc -c <"$d/script") -eq ${script.length} ] || { echo "azfleet: the script did not arrive whole" >&2; exit 1; }`,
    `${interpreterOf(script).map(quoted).join(' ')} "$d/script" "$@" </dev/null`,
  ].join('; ');
  const shell = ['sh', '-c', wrapper, 'azfleet-script', ...words].map(quoted).join(' ');
  return sudo ? `sudo -n -- ${shell}` : shell;
}

/**
 * As the kernel reads a `#!` line: a path and at most one argument. The interpreter is called by its name, so that it also
 * works where temporary files may not be executed (`noexec`).
 */
function interpreterOf(script: Uint8Array): string[] {
  const firstLine = Buffer.from(script.subarray(0, 512)).toString('latin1').split('\n', 1)[0]!;
  const [, path, argument] = /^#![ \t]*([^ \t\r]+)[ \t]*(.*?)\s*$/.exec(firstLine) ?? [];
  if (path === undefined) return ['sh'];
  return argument === undefined || argument === '' ? [path] : [path, argument];
}
