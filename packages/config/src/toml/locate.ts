import { pathId, scanToml, type TomlNode, type TomlPath } from './scan.ts';

/** A stretch of text with its place for people. */
export interface Place {
  /** From 1. */
  readonly line: number;
  /** In UTF-16 units, from 1. */
  readonly column: number;
  /** The text that stands there, shortened to one line. */
  readonly text: string;
}

interface Spans {
  keyStart: number;
  keyEnd: number;
  valueStart: number;
  valueEnd: number;
}

/** Finds the places of keys and values in a TOML document. The document is scanned at the first question. */
export class Locator {
  readonly #text: string;
  #spans: Map<string, Spans> | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  /** Where the key itself stands; for a key that is not in the document, where its nearest parent does. */
  key(path: TomlPath): Place {
    const spans = this.#nearest(path);
    return this.#place(spans.keyStart, spans.keyEnd);
  }

  /** Where the value of the key stands. */
  value(path: TomlPath): Place {
    const spans = this.#nearest(path);
    return this.#place(spans.valueStart, spans.valueEnd);
  }

  /** Whether the document has the key. */
  has(path: TomlPath): boolean {
    return this.#index().has(pathId(path));
  }

  #nearest(path: TomlPath): Spans {
    for (let length = path.length; length > 0; length--) {
      const spans = this.#index().get(pathId(path.slice(0, length)));
      if (spans !== undefined) return spans;
    }
    return { keyStart: 0, keyEnd: 0, valueStart: 0, valueEnd: 0 };
  }

  #index(): Map<string, Spans> {
    if (this.#spans === undefined) {
      this.#spans = new Map();
      for (const node of scanToml(this.#text)) this.#add(node, this.#spans);
    }
    return this.#spans;
  }

  #add(node: TomlNode, spans: Map<string, Spans>): void {
    if (node.kind === 'element') {
      const { start, end } = node;
      spans.set(pathId(node.path), { keyStart: start, keyEnd: end, valueStart: start, valueEnd: end });
      return;
    }
    // The first mention of a table is its place: `[a.b]` and `a.b.c = 1` both mention a and a.b.
    let keysLeft = node.keys.length;
    for (let length = node.path.length; keysLeft > 0; length--) {
      const key = typeof node.path[length - 1] === 'number' ? undefined : node.keys[--keysLeft];
      const { start, end } = key ?? node.keys[keysLeft - 1] ?? node;
      const isValue = node.kind === 'entry' && length === node.path.length;
      const id = pathId(node.path.slice(0, length));
      if (isValue) spans.set(id, { keyStart: start, keyEnd: end, valueStart: node.valueStart, valueEnd: node.end });
      else if (!spans.has(id)) spans.set(id, { keyStart: start, keyEnd: end, valueStart: start, valueEnd: end });
    }
  }

  #place(start: number, end: number): Place {
    return { ...lineAndColumn(this.#text, start), text: oneLine(this.#text.slice(start, end)) };
  }
}

/** Line and column, from 1, of an offset. A byte order mark at the beginning has no column. */
export function lineAndColumn(text: string, offset: number): { line: number; column: number } {
  let line = 1;
  let lineStart = text.startsWith('\uFEFF') ? 1 : 0;
  for (let end = text.indexOf('\n'); end !== -1 && end < offset; end = text.indexOf('\n', end + 1)) {
    line++;
    lineStart = end + 1;
  }
  return { line, column: Math.max(1, offset - lineStart + 1) };
}

const longestText = 60;

/** Text of any length for a message of one line. */
export function oneLine(text: string): string {
  const flat = text.replaceAll(/\s*\r?\n\s*/g, ' ');
  return flat.length <= longestText ? flat : `${flat.slice(0, longestText - 1)}…`;
}
