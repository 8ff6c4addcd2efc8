import { parse, TomlError } from 'smol-toml';
import type { Problem } from '../problem.ts';
import { oneLine } from './locate.ts';

/** What could be read of a document. */
export interface TomlReading {
  /** The parsed document; undefined when so little could be read that its content cannot be judged. */
  readonly data: Readonly<Record<string, unknown>> | undefined;
  /** The text that `data` was read from: lines that could not be read are blank, so that offsets stay the same. */
  readonly text: string;
  readonly problems: readonly Problem[];
}

/** Enough to see what is wrong with a file that is not TOML at all. */
const mostProblems = 20;

/**
 * Parses TOML and goes on after errors where that is safe.
 *
 * The parser stops at the first error. A broken line that stands for itself is blanked and the rest is parsed again;
 * a broken header or a value of several lines would only make what follows look wrong, so there it ends.
 */
export function readToml(text: string, source: string): TomlReading {
  const problems: Problem[] = [];
  let readable = text;
  for (;;) {
    try {
      return { data: parse(readable), text: readable, problems };
    } catch (error) {
      if (!(error instanceof TomlError)) throw error;
      problems.push(syntaxProblem(error, readable, source));
      const without = withoutLine(readable, error);
      if (without === undefined || problems.length === mostProblems)
        return { data: undefined, text: readable, problems };
      readable = without;
    }
  }
}

function syntaxProblem(error: TomlError, text: string, source: string): Problem {
  const { line, column } = error;
  const offending = oneLine((text.split('\n')[line - 1] ?? '').trim());
  const message = `not valid TOML: ${reasonOf(error, text)}${offending === '' ? '' : `: ${offending}`}`;
  return { source, line, column, key: '', text: offending, expected: 'valid TOML', message };
}

function reasonOf(error: TomlError, text: string): string {
  const { line, column } = error;
  const reason = (error.message.split('\n')[0] ?? '').replace('Invalid TOML document: ', '');
  const character = text.split('\n')[line - 1]?.[column - 1];
  const isLineEnd = character === undefined || character === '\r';
  // The parser sees a control character in the string: the line end.
  return isLineEnd && reason.includes('in strings') ? 'the string is not closed on this line' : reason;
}

function withoutLine(text: string, error: TomlError): string | undefined {
  const lines = text.split('\n');
  const line = lines[error.line - 1] ?? '';
  if (!standsForItself(line) || !(isBroken(line) || error.message.includes('redefine'))) return undefined;
  lines[error.line - 1] = line.replaceAll(/[^\r]/g, ' ');
  return lines.join('\n');
}

/** Whether a line is one whole `key = value`, as far as can be told of a line that is broken. */
function standsForItself(line: string): boolean {
  const count = (pattern: RegExp): number => line.match(pattern)?.length ?? 0;
  return /^\s*[^\s[#]/.test(line) && !/"""|'''/.test(line) && count(/[[{]/g) === count(/[\]}]/g);
}

function isBroken(line: string): boolean {
  try {
    parse(line);
    return false;
  } catch {
    return true;
  }
}
