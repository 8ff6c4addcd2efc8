/** Random TOML documents: every way to write keys and values, with comments and odd white space. */

/** Numbers from 0 up to `limit`, the same for the same seed (mulberry32, public domain). */
export function randomNumbers(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (state + 0x6d_2b_79_f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
}

const names = ['a', 'b-c', 'd_1', '1', 'ä ö', 'x.y', "it's", 'say "hi"', '', '日本', '#', 'tab\there', '=', ']'];

const scalars = [
  '1',
  '-17',
  '0xFF',
  '3.5e+2',
  'inf',
  'true',
  'false',
  '1979-05-27',
  '1979-05-27 07:32:00',
  '07:32:00',
  '"text # no comment"',
  String.raw`"esc \" \\ \u00e9 \t"`,
  "'C:\\dir\\'",
  "''",
  '""',
  '"""two\nlines ""quoted"" """',
  '""""one quote""""',
  String.raw`"""with \""" inside \
    and more"""`,
  "'''raw 'it' \n # text'''",
  "''''x'''''",
];

export class RandomToml {
  readonly #random: (limit: number) => number;
  readonly #newline: string;

  constructor(seed: number) {
    this.#random = randomNumbers(seed);
    this.#newline = this.pick(['\n', '\r\n']);
  }

  pick<T>(items: readonly T[]): T {
    return items[this.#random(items.length)] as T;
  }

  /** A document in which no key is set twice: every key has a number of its own. */
  document(): string {
    const lines: string[] = [];
    const counter = { next: 0 };
    this.#body(lines, counter);
    const sections = this.#random(4);
    for (let index = 0; index < sections; index++) {
      this.#maybeBlank(lines);
      const header = this.#key(counter, true);
      const isArray = this.#random(4) === 0;
      lines.push(
        `${isArray ? '[[' : '['}${this.#space()}${header}${this.#space()}${isArray ? ']]' : ']'}${this.#comment()}`,
      );
      this.#body(lines, counter);
      if (isArray) {
        lines.push(`[[${header}]]`);
        this.#body(lines, counter);
        lines.push(`[${header}.sub]`);
        this.#body(lines, counter);
      }
    }
    const bom = this.#random(5) === 0 ? '\uFEFF' : '';
    const end = this.#random(4) === 0 ? '' : '\n';
    return bom + (lines.join('\n') + end).replaceAll('\n', this.#newline);
  }

  name(): string {
    return this.pick(names);
  }

  #body(lines: string[], counter: { next: number }): void {
    for (let index = this.#random(4); index > 0; index--) {
      this.#maybeBlank(lines);
      lines.push(
        `${this.pick(['', '', '  ', '\t'])}${this.#key(counter)}${this.#space()}=${this.#space()}${this.#value(2, counter)}${this.#comment()}`,
      );
    }
  }

  #key(counter: { next: number }, isHeader = false): string {
    const parts = Array.from({ length: 1 + this.#random(isHeader ? 2 : 3) }, () => this.#quoted(this.name()));
    parts[0] = this.#quoted(`${this.name()}_${counter.next++}`);
    return parts.join(this.pick(['.', ' . ', '.']));
  }

  #quoted(name: string): string {
    if (/^[A-Za-z0-9_-]+$/.test(name) && this.#random(3) > 0) return name;
    return !name.includes("'") && this.#random(2) === 0 ? `'${name}'` : JSON.stringify(name);
  }

  #value(depth: number, counter: { next: number }): string {
    if (depth === 0 || this.#random(3) > 0) return this.pick(scalars);
    return this.#random(2) === 0 ? this.#array(depth, counter) : this.#inlineTable(depth, counter);
  }

  #array(depth: number, counter: { next: number }): string {
    const items = Array.from({ length: this.#random(4) }, () => this.#value(depth - 1, counter));
    if (this.#random(2) === 0) return `[${items.join(', ')}]`;
    return `[ # [\n${items.map((item) => `  ${item}, # ]\n`).join('')}]`;
  }

  #inlineTable(depth: number, counter: { next: number }): string {
    const members = Array.from(
      { length: this.#random(4) },
      () => `${this.#key(counter)} = ${this.#value(depth - 1, counter)}`,
    );
    if (members.length > 0 && this.#random(3) === 0)
      return `{ # }\n${members.map((member) => `  ${member}, # , x = {\n`).join('')}}`;
    return members.length === 0 ? this.pick(['{}', '{ }']) : `{${this.#space()}${members.join(', ')}${this.#space()}}`;
  }

  #maybeBlank(lines: string[]): void {
    if (this.#random(4) === 0) lines.push('');
    if (this.#random(4) === 0) lines.push(`${this.#space()}# comment [x] = "y" '''`);
  }

  #comment(): string {
    return this.#random(4) === 0 ? ' # why "not' : '';
  }

  #space(): string {
    return this.pick(['', ' ', ' ', '\t']);
  }
}
