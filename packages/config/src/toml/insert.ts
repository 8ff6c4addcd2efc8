import { startsWith, TomlDocument, type TomlSection } from './document.ts';
import { formatPath, formatValue, type TomlValue } from './format.ts';
import type { TomlEntry } from './scan.ts';

/** Sets `path` to `value`: in the place of its old value, else in the table it belongs to, else in a new table. */
export function insertValue(text: string, path: readonly string[], value: TomlValue): string {
  const document = new TomlDocument(text);
  const literal = formatValue(value);
  let inline: TomlEntry | undefined;
  for (const entry of document.entries()) {
    if (!startsWith(path, entry.path)) continue;
    if (entry.path.length === path.length) return splice(text, entry.valueStart, entry.end, literal);
    if (text[entry.valueStart] === '{' && entry.path.length > (inline?.path.length ?? 0)) inline = entry;
  }
  // An inline table is closed: what belongs in it cannot stand anywhere else.
  if (inline !== undefined) return insertInline(document, inline, path, literal);
  return insertLine(document, path, literal);
}

function splice(text: string, start: number, end: number, replacement: string): string {
  return text.slice(0, start) + replacement + text.slice(end);
}

function insertInline(document: TomlDocument, table: TomlEntry, path: readonly string[], literal: string): string {
  const member = `${formatPath(path.slice(table.path.length))} = ${literal}`;
  const last = document.inner.findLast((node) => node.kind === 'entry' && node.inline === table);
  if (last !== undefined) return splice(document.text, last.end, last.end, `, ${member}`);
  return splice(document.text, table.valueStart, table.end, `{ ${member} }`);
}

function insertLine(document: TomlDocument, path: readonly string[], literal: string): string {
  const { section, neighbour, depth } = bestPlace(document, path);
  if (neighbour !== undefined || path.length - depth === 1) {
    const line = `${formatPath(path.slice(section.path.length))} = ${literal}`;
    return insertInSection(document, section, neighbour ?? section.entries.at(-1), line);
  }
  const header = `[${formatPath(path.slice(0, -1))}]`;
  return insertSection(document, section, [header, `${formatPath(path.slice(-1))} = ${literal}`]);
}

interface InsertionPlace {
  readonly section: TomlSection;
  /** An entry that makes the table with a dotted key: only more dotted keys beside it can add to that table. */
  readonly neighbour: TomlEntry | undefined;
  /** How many parts of the path are there already. */
  readonly depth: number;
}

/** The deepest table on the way to `path`, whether a header or dotted keys make it. */
function bestPlace(document: TomlDocument, path: readonly string[]): InsertionPlace {
  const root = document.sections[0] as TomlSection;
  let best: InsertionPlace = { section: root, neighbour: undefined, depth: 0 };
  for (const section of document.sections) {
    if (!startsWith(path, section.path)) continue;
    if (section.path.length > best.depth) best = { section, neighbour: undefined, depth: section.path.length };
    for (const entry of section.entries) {
      const depth = commonLength(entry.path, path);
      const isBetter = best.neighbour === undefined ? depth > best.depth : depth >= best.depth;
      if (depth > section.path.length && isBetter) best = { section, neighbour: entry, depth };
    }
  }
  return best;
}

function commonLength(a: readonly (string | number)[], b: readonly string[]): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length++;
  return length;
}

function insertInSection(
  document: TomlDocument,
  section: TomlSection,
  after: TomlEntry | undefined,
  line: string,
): string {
  const anchor = after ?? section.header;
  if (anchor === undefined) return insertAtTop(document, line);
  const end = document.lineEnd(anchor.end);
  return splice(document.text, end, end, document.newline + document.indent(anchor.start) + line);
}

/** Before the first header, and after a block of comments that stands apart at the top of the file. */
function insertAtTop({ text, newline }: TomlDocument, line: string): string {
  const top = text.startsWith('\uFEFF') ? 1 : 0;
  const comments = /^(?:#[^\n]*(?:\n|$))+(?=\r?\n|$)|^#:schema[^\n]*(?:\n|$)/.exec(text.slice(top))?.[0] ?? '';
  const at = top + comments.length;
  const before = comments === '' || comments.endsWith('\n') ? '' : newline;
  const isApart = /^(?:\r?\n|$)/.test(text.slice(at));
  return splice(text, at, at, `${before}${line}${newline}${isApart ? '' : newline}`);
}

/** After the last table of the same family, or at the end of the file. */
function insertSection(document: TomlDocument, parent: TomlSection, lines: readonly string[]): string {
  const { text, newline, sections } = document;
  const relative = sections.findLast((section) => startsWith(section.path, parent.path));
  if (parent.header !== undefined && relative !== undefined && relative !== sections.at(-1)) {
    const { end } = document.extent(relative);
    const indent = document.indent(parent.header.start);
    return splice(text, end, end, ['', '', ...lines.map((line) => indent + line)].join(newline));
  }
  const content = text.startsWith('\uFEFF') ? text.slice(1) : text;
  const ended = content === '' || content.endsWith('\n') ? '' : newline;
  const apart = content === '' || /\n\r?\n$/.test(content) ? '' : newline;
  return `${text}${ended}${apart}${lines.join(newline)}${newline}`;
}
