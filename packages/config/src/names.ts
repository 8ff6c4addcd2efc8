/**
 * The compiled form of a file of names: lines in which a name is found by a search, without decoding or parsing the rest.
 *
 * A line for each name is `name in lower case`, `place of the beginning`, `end of the value` and, where it differs, `name
 * as written`, with tabs between. Most values share their beginning up to the last slash: it has a line of its own, with
 * no tabs, before the first name that needs it. Its place is the byte at which it starts.
 */

/** Names and the values they stand for. Names are compared without case, and so are values. */
export class Names {
  readonly #compiled: Buffer;
  #byValue: Map<string, string[]> | undefined;

  /** @internal */
  constructor(compiled: Buffer) {
    this.#compiled = compiled;
  }

  get isEmpty(): boolean {
    return this.#compiled.length === 0;
  }

  /** The value that a name stands for. */
  get(name: string): string | undefined {
    const folded = name.toLowerCase();
    const start = this.#compiled.indexOf(`\n${folded}\t`) + 1;
    if (start === 0) return undefined;
    const fields = lineAt(this.#compiled, start).split('\t');
    // What was found may be more than a name, where there are tabs and line ends in it.
    return fields[0] === folded ? lineAt(this.#compiled, Number(fields[1])) + fields[2] : undefined;
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
    const beginnings = new Map<string, string>();
    for (const line of this.#compiled.toString().split('\n')) {
      const [folded = '', place, end = '', name = folded] = line.split('\t');
      if (place === undefined) continue; // A beginning.
      const beginning = beginnings.get(place) ?? lineAt(this.#compiled, Number(place));
      beginnings.set(place, beginning);
      yield [name, beginning + end];
    }
  }
}

function lineAt(bytes: Buffer, start: number): string {
  return bytes.toString('utf8', start, bytes.indexOf('\n', start));
}

/**
 * Compiles names. Neither names nor values may have tabs or line ends in them.
 *
 * @internal
 */
export function compileNames(entries: Iterable<readonly [name: string, value: string]>): Buffer {
  const places = new Map<string, number>();
  const lines: string[] = [];
  let bytes = 0;
  const add = (line: string): void => {
    lines.push(line);
    bytes += Buffer.byteLength(line);
  };
  for (const [name, value] of entries) {
    const slash = value.lastIndexOf('/') + 1;
    const beginning = value.slice(0, slash);
    if (!places.has(beginning)) {
      places.set(beginning, bytes);
      add(`${beginning}\n`);
    }
    const folded = name.toLowerCase();
    add(`${folded}\t${places.get(beginning)}\t${value.slice(slash)}${folded === name ? '' : `\t${name}`}\n`);
  }
  return Buffer.from(lines.join(''));
}
