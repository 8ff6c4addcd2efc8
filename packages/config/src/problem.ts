/** One thing that is wrong with a configuration. */
export interface Problem {
  /** Path of the file; empty for a value that is in none. */
  readonly source: string;
  /** Line in the file, from 1; undefined where there is no file. */
  readonly line?: number | undefined;
  /** Column in characters (UTF-16 units), from 1. */
  readonly column?: number | undefined;
  /** The key as it is written in TOML, e.g. `contexts."my work".ssh.port`; empty for a syntax error. */
  readonly key: string;
  /** The offending text, shortened to one line. */
  readonly text?: string | undefined;
  /** What was expected, as a phrase: `a whole number from 1 to 65535`. */
  readonly expected?: string | undefined;
  /** The nearest known key or value. */
  readonly nearest?: string | undefined;
  /** What is wrong, without the place. */
  readonly message: string;
}

/** `file:line:column: key: what is wrong`, on one line. */
export function formatProblem(problem: Problem): string {
  const place = [problem.source, problem.line, problem.column].filter((part) => part !== undefined && part !== '');
  const parts = [place.join(':'), problem.key, problem.message].filter((part) => part !== '');
  return parts.join(': ').replaceAll(/\s*\n\s*/g, ' ');
}
