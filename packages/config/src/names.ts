/**
 * The compiled form of a file of names: lines in which a name is found by a search, without decoding or parsing the rest.
 *
 * The first line lists, as JSON, what values begin with up to their last slash, since most share it. Each further line
 * is `name in lower case`, `index of the beginning`, `end of the value` and, where it differs, `name as written`, with
 * tabs between.
 */

/** Names and the values they stand for. Names are compared without case, and so are values. */
export class Names {
  readonly #bytes: Buffer;
  readonly #beginnings: readonly string[];
  #byValue: Map<string, string[]> | undefined;

  /** @internal */
  constructor(compiled: Buffer) {
    this.#bytes = compiled;
    this.#beginnings = JSON.parse(this.#bytes.toString('utf8', 0, this.#bytes.indexOf(lineEnd))) as string[];
  }

  get isEmpty(): boolean {
    return this.#bytes.indexOf(lineEnd) === this.#bytes.length - 1;
  }

  /** The value that a name stands for. */
  get(name: string): string | undefined {
    if (name.includes('\t') || name.includes('\n')) return undefined;
    const before = this.#bytes.indexOf(`\n${name.toLowerCase()}\t`);
    if (before === -1) return undefined;
    const end = this.#bytes.indexOf(lineEnd, before + 1);
    return this.#read(this.#bytes.toString('utf8', before + 1, end)).value;
  }

  /** The names of a value, in the order of the file. */
  namesOf(value: string): readonly string[] {
    if (this.#byValue === undefined) {
      this.#byValue = new Map();
      for (const [name, named] of this.entries()) {
        const key = named.toLowerCase();
        const others = this.#byValue.get(key);
        if (others === undefined) this.#byValue.set(key, [name]);
        else others.push(name);
      }
    }
    return this.#byValue.get(value.toLowerCase()) ?? [];
  }

  /** All names with their values, in the order of the file. */
  *entries(): Generator<readonly [name: string, value: string]> {
    const text = this.#bytes.toString();
    for (let start = text.indexOf('\n') + 1; start < text.length;) {
      const end = text.indexOf('\n', start);
      const { name, value } = this.#read(text.slice(start, end));
      yield [name, value];
      start = end + 1;
    }
  }

  #read(line: string): { name: string; value: string } {
    const [folded = '', beginning = '', rest = '', name = folded] = line.split('\t');
    return { name, value: (this.#beginnings[Number(beginning)] ?? '') + rest };
  }
}

const lineEnd = 0x0a;

/**
 * Compiles names. Neither names nor values may have tabs or line ends in them.
 *
 * @internal
 */
export function compileNames(entries: Iterable<readonly [name: string, value: string]>): Buffer {
  const beginnings = new Map<string, number>();
  const lines: string[] = [];
  for (const [name, value] of entries) {
    const end = value.lastIndexOf('/') + 1;
    const beginning = value.slice(0, end);
    const index = beginnings.get(beginning) ?? beginnings.size;
    beginnings.set(beginning, index);
    const folded = name.toLowerCase();
    lines.push(`${folded}\t${index}\t${value.slice(end)}${folded === name ? '' : `\t${name}`}\n`);
  }
  return Buffer.from(`${JSON.stringify([...beginnings.keys()])}\n${lines.join('')}`);
}
