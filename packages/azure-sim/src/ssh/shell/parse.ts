/** A command of a script, and when it runs: always, or as the one before it ended. */
export interface SimpleCommand {
  readonly when: 'always' | 'after success' | 'after failure';
  readonly words: readonly string[];
}

/** What this shell does not know. */
export class ShellSyntaxError extends Error {
  override readonly name = 'ShellSyntaxError';
}

const operators: Readonly<Record<string, SimpleCommand['when']>> = {
  ';': 'always',
  '\n': 'always',
  '&&': 'after success',
  '||': 'after failure',
};

/** Blanks; operators; parts of a word in single quotes, in double quotes, behind a backslash, or plain. */
const token = /[ \t]+|#[^\n]*|(&&|\|\||;|\n)|'([^']*)'|"((?:[^"\\$`]|\\[\s\S])*)"|\\([\s\S])|([^\s;&|<>()$`'"\\]+)/y;

/**
 * Reads a script of simple commands: words with quotes, `;`, `&&`, `||` and line ends. Variables, pipes and redirections
 * are not known.
 *
 * @throws ShellSyntaxError
 */
export function parse(script: string): SimpleCommand[] {
  const commands: SimpleCommand[] = [];
  let when: SimpleCommand['when'] = 'always';
  let words: string[] = [];
  let joins = false;
  const end = (next: SimpleCommand['when']): void => {
    if (words.length > 0) commands.push({ when, words });
    if (words.length > 0 || next !== 'always') when = next;
    words = [];
  };
  for (let index = 0; index < script.length;) {
    token.lastIndex = index;
    const found = token.exec(script);
    if (found === null) throw new ShellSyntaxError(`cannot read \`${script.slice(index, index + 10)}\``);
    const [text, operator, single, double, escaped, plain] = found;
    // A `#` inside a word is part of it.
    const part: string | undefined =
      text.startsWith('#') && joins ? '#' : (single ?? double?.replaceAll(/\\([\s\S])/g, '$1') ?? escaped ?? plain);
    if (operator !== undefined) end(operators[operator] ?? 'always');
    if (part !== undefined) words.push(joins ? `${words.pop() ?? ''}${part}` : part);
    joins = part !== undefined;
    index += text.startsWith('#') && part === '#' ? 1 : text.length;
  }
  end('always');
  return commands;
}
