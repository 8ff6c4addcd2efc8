import { scanToml, type TomlElement, type TomlEntry, type TomlHeader, type TomlPath } from './scan.ts';

/** A header and the entries under it; the entries before the first header make a section without one. */
export interface TomlSection {
  readonly header: TomlHeader | undefined;
  readonly path: TomlPath;
  readonly entries: readonly TomlEntry[];
}

/** A TOML document as its sections and lines, for edits that touch nothing else. */
export class TomlDocument {
  readonly text: string;
  readonly sections: readonly TomlSection[];
  /** Entries of inline tables, and elements of arrays. */
  readonly inner: readonly (TomlEntry | TomlElement)[];
  /** The line ends in use. */
  readonly newline: '\n' | '\r\n';

  constructor(text: string) {
    this.text = text;
    this.newline = /^[^\n]*\r\n/.test(text) ? '\r\n' : '\n';
    const sections: { header: TomlHeader | undefined; path: TomlPath; entries: TomlEntry[] }[] = [];
    let section = { header: undefined as TomlHeader | undefined, path: [] as TomlPath, entries: [] as TomlEntry[] };
    sections.push(section);
    const inner: (TomlEntry | TomlElement)[] = [];
    // Only an entry at the end of all that came before is not inside another one.
    let outerEnd = 0;
    for (const node of scanToml(text)) {
      if (node.kind === 'header') {
        section = { header: node, path: node.path, entries: [] };
        sections.push(section);
      } else if (node.start < outerEnd) inner.push(node);
      else section.entries.push(node as TomlEntry);
      outerEnd = Math.max(outerEnd, node.end);
    }
    this.sections = sections;
    this.inner = inner;
  }

  /** All entries, of sections and of inline tables. */
  *entries(): Generator<TomlEntry> {
    for (const section of this.sections) yield* section.entries;
    for (const node of this.inner) if (node.kind === 'entry') yield node;
  }

  /** Where the section's text begins and ends: from its header's line to its last entry's, without the line end. */
  extent(section: TomlSection): { start: number; end: number } {
    const first = section.header ?? section.entries[0];
    const last = section.entries.at(-1) ?? section.header;
    return { start: this.lineStart(first?.start ?? 0), end: this.lineEnd(last?.end ?? 0) };
  }

  lineStart(offset: number): number {
    const start = this.text.lastIndexOf('\n', offset - 1) + 1;
    return start === 0 && this.text.startsWith('\uFEFF') ? 1 : start;
  }

  /** The end of the line's content; a comment is part of it, the line end is not. */
  lineEnd(offset: number): number {
    const end = this.text.indexOf('\n', offset);
    if (end === -1) return this.text.length;
    return this.text[end - 1] === '\r' ? end - 1 : end;
  }

  /** The offset after the line end that follows `offset`. */
  nextLine(offset: number): number {
    const end = this.text.indexOf('\n', offset);
    return end === -1 ? this.text.length : end + 1;
  }

  /** The white space before the first character of a line. */
  indent(offset: number): string {
    return this.text.slice(this.lineStart(offset), offset).match(/^[ \t]*/)?.[0] ?? '';
  }
}

/** Whether `path` begins with `prefix`. */
export function startsWith(path: TomlPath, prefix: TomlPath): boolean {
  return prefix.every((part, index) => part === path[index]);
}
