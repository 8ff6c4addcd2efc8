/**
 * Where each key and value of a TOML document stands.
 *
 * The scanner is given text that a TOML parser has accepted; it finds the ends of keys, strings and brackets and leaves
 * their meaning to the parser. All positions are offsets into the text, in UTF-16 units.
 */

/** Path of a value in the parsed document: names of keys, and indexes of arrays. */
export type TomlPath = readonly (string | number)[];

/** One part of a possibly dotted key. */
interface TomlKeyPart {
  /** The name, with quotes and escapes undone. */
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/** A `[table]` or `[[array of tables]]` header. */
export interface TomlHeader {
  readonly kind: 'header';
  readonly array: boolean;
  readonly path: TomlPath;
  readonly keys: readonly TomlKeyPart[];
  /** From the first `[` to the last `]`. */
  readonly start: number;
  readonly end: number;
}

/** A `key = value`, at the top of the document, under a header, or inside an inline table. */
export interface TomlEntry {
  readonly kind: 'entry';
  readonly path: TomlPath;
  readonly keys: readonly TomlKeyPart[];
  /** The inline table that the entry is in. */
  readonly inline: TomlEntry | TomlElement | undefined;
  readonly start: number;
  readonly valueStart: number;
  readonly end: number;
}

/** A value in an array. */
export interface TomlElement {
  readonly kind: 'element';
  readonly path: TomlPath;
  readonly start: number;
  readonly valueStart: number;
  readonly end: number;
}

export type TomlNode = TomlHeader | TomlEntry | TomlElement;

/** Every header, entry and array element of `text`, in order; an inline table comes before what it contains. */
export function scanToml(text: string): TomlNode[] {
  return new Scanner(text).document();
}

/** A path as a key for a Map. */
export function pathId(path: TomlPath): string {
  return JSON.stringify(path);
}

class Scanner {
  readonly #text: string;
  readonly #nodes: TomlNode[] = [];
  /** How many elements each array of tables has so far. */
  readonly #arrayLengths = new Map<string, number>();
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  document(): TomlNode[] {
    let table: TomlPath = [];
    if (this.#text.startsWith('\uFEFF')) this.#at = 1;
    for (this.#skipBlank(); this.#at < this.#text.length; this.#skipBlank()) {
      if (this.#text[this.#at] === '[') table = this.#header();
      else this.#entry(table, undefined);
    }
    return this.#nodes;
  }

  #header(): TomlPath {
    const start = this.#at;
    const array = this.#text[this.#at + 1] === '[';
    this.#at += array ? 2 : 1;
    const keys = this.#keys();
    this.#at += array ? 2 : 1;
    const path = this.#tablePath(keys, array);
    this.#nodes.push({ kind: 'header', array, path, keys, start, end: this.#at });
    return path;
  }

  /** A name of an array of tables stands for its last element; `[[name]]` begins the next one. */
  #tablePath(keys: readonly TomlKeyPart[], array: boolean): TomlPath {
    const path: (string | number)[] = [];
    keys.forEach((key, index) => {
      path.push(key.name);
      const id = pathId(path);
      const length = this.#arrayLengths.get(id) ?? 0;
      const opens = array && index === keys.length - 1;
      if (opens) this.#arrayLengths.set(id, length + 1);
      if (opens) path.push(length);
      else if (length > 0) path.push(length - 1);
    });
    return path;
  }

  #entry(table: TomlPath, inline: TomlEntry['inline']): void {
    const start = this.#at;
    const keys = this.#keys();
    this.#at++; // the equals sign
    this.#skipSpace();
    const path = [...table, ...keys.map((key) => key.name)];
    this.#value((valueStart, end) => ({ kind: 'entry', path, keys, inline, start, valueStart, end }));
  }

  #element(array: TomlPath, index: number): void {
    const path = [...array, index];
    this.#value((start, end) => ({ kind: 'element', path, start, valueStart: start, end }));
  }

  /** Reads a value and puts its node before the nodes of what it contains, although its end is known only after them. */
  #value(node: (valueStart: number, end: number) => TomlEntry | TomlElement): void {
    const valueStart = this.#at;
    const index = this.#nodes.length;
    const opened = node(valueStart, valueStart);
    this.#nodes.push(opened);
    this.#skipValue(opened);
    Object.assign(opened, { end: this.#at });
    this.#nodes[index] = opened;
  }

  #skipValue(node: TomlEntry | TomlElement): void {
    const text = this.#text;
    const quote = text[this.#at];
    if (quote === '"' || quote === "'") this.#skipString(quote);
    else if (quote === '[') this.#members(']', (index) => this.#element(node.path, index));
    else if (quote === '{') this.#members('}', () => this.#entry(node.path, node));
    else {
      // A number, a boolean or a date, which may have one space in it.
      while (this.#at < text.length && !',]}#\n\r'.includes(text[this.#at] ?? '')) this.#at++;
      while (text[this.#at - 1] === ' ' || text[this.#at - 1] === '\t') this.#at--;
    }
  }

  #members(close: string, member: (index: number) => void): void {
    this.#at++;
    this.#skipBlank();
    for (let index = 0; this.#at < this.#text.length && this.#text[this.#at] !== close; index++) {
      member(index);
      this.#skipBlank();
      if (this.#text[this.#at] === ',') this.#at++;
      this.#skipBlank();
    }
    this.#at++;
  }

  #keys(): TomlKeyPart[] {
    const keys: TomlKeyPart[] = [];
    for (;;) {
      this.#skipSpace();
      keys.push(this.#key());
      this.#skipSpace();
      if (this.#text[this.#at] !== '.') return keys;
      this.#at++;
    }
  }

  #key(): TomlKeyPart {
    const start = this.#at;
    const quote = this.#text[start];
    if (quote === '"' || quote === "'") {
      this.#skipString(quote);
      const inner = this.#text.slice(start + 1, this.#at - 1);
      return { name: quote === '"' ? unescape(inner) : inner, start, end: this.#at };
    }
    while (this.#at < this.#text.length && !' \t.=]\r\n'.includes(this.#text[this.#at] ?? '')) this.#at++;
    if (this.#at === start) throw new SyntaxError(`Expected a key at offset ${start}`);
    return { name: this.#text.slice(start, this.#at), start, end: this.#at };
  }

  #skipString(quote: string): void {
    const text = this.#text;
    const long = text.startsWith(quote.repeat(3), this.#at);
    const close = long ? quote.repeat(3) : quote;
    this.#at += close.length;
    while (this.#at < text.length && !text.startsWith(close, this.#at)) {
      this.#at += quote === '"' && text[this.#at] === '\\' ? 2 : 1;
    }
    this.#at += close.length;
    // Up to two quotes may stand right before the closing three.
    if (long) while (text[this.#at] === quote) this.#at++;
  }

  #skipSpace(): void {
    while (this.#text[this.#at] === ' ' || this.#text[this.#at] === '\t') this.#at++;
  }

  /** White space, line ends and comments. */
  #skipBlank(): void {
    const text = this.#text;
    while (this.#at < text.length) {
      const character = text[this.#at];
      if (character === '#') {
        const end = text.indexOf('\n', this.#at);
        this.#at = end === -1 ? text.length : end;
      } else if (character === ' ' || character === '\t' || character === '\n' || character === '\r') this.#at++;
      else return;
    }
  }
}

const escapes: Readonly<Record<string, string>> = { b: '\b', t: '\t', n: '\n', f: '\f', r: '\r', e: '\u001B' };

function unescape(text: string): string {
  return text.replaceAll(
    /\\(?:x([\dA-Fa-f]{2})|u([\dA-Fa-f]{4})|U([\dA-Fa-f]{8})|(.))/gs,
    (_, two?: string, four?: string, eight?: string, letter = '') => {
      const code = two ?? four ?? eight;
      return code === undefined ? (escapes[letter] ?? letter) : String.fromCodePoint(Number.parseInt(code, 16));
    },
  );
}
