import { startsWith, TomlDocument, type TomlSection } from './document.ts';
import type { TomlEntry } from './scan.ts';

/** Removes `path` and all that is under it, wherever the document says something about it. */
export function removeKey(text: string, path: readonly string[]): string {
  let rest = text;
  for (;;) {
    const without = removeOnce(new TomlDocument(rest), path);
    if (without === undefined) return rest;
    rest = without;
  }
}

function removeOnce(document: TomlDocument, path: readonly string[]): string | undefined {
  for (const section of document.sections) {
    if (section.header !== undefined && startsWith(section.path, path)) return removeSection(document, section);
    const entry = section.entries.find((candidate) => startsWith(candidate.path, path));
    if (entry !== undefined) {
      return (
        document.text.slice(0, document.lineStart(entry.start)) + document.text.slice(document.nextLine(entry.end))
      );
    }
  }
  for (const node of document.inner) {
    if (node.kind === 'entry' && node.inline !== undefined && startsWith(node.path, path)) {
      return removeMember(document, node);
    }
  }
  return undefined;
}

/** The header, its entries, and the comments between them; of the blank lines around them one side stays. */
function removeSection(document: TomlDocument, section: TomlSection): string {
  const { text } = document;
  const { start, end } = document.extent(section);
  const before = text.slice(0, start);
  const after = text.slice(document.nextLine(end));
  if (after === '') return before.replace(/(\r?\n)(?:[ \t]*\r?\n)+$/, '$1');
  const isApart = before === '' || /(?:^|\n)[ \t]*\r?\n$/.test(before);
  return before + (isApart ? after.replace(/^(?:[ \t]*\r?\n)+/, '') : after);
}

function removeMember(document: TomlDocument, member: TomlEntry): string {
  const { text } = document;
  const lineStart = document.lineStart(member.start);
  const standsAlone = /^[ \t]*$/.test(text.slice(lineStart, member.start));
  const tail = /^[ \t]*,?[ \t]*(?:#[^\n]*)?\r?\n/.exec(text.slice(member.end))?.[0];
  if (standsAlone && tail !== undefined) return text.slice(0, lineStart) + text.slice(member.end + tail.length);

  const siblings = document.inner.filter(
    (node): node is TomlEntry => node.kind === 'entry' && node.inline === member.inline,
  );
  const index = siblings.indexOf(member);
  const previous = siblings[index - 1];
  const next = siblings[index + 1];
  if (next !== undefined) return text.slice(0, member.start) + text.slice(next.start);
  if (previous !== undefined) return text.slice(0, previous.end) + text.slice(member.end);
  const table = member.inline;
  return `${text.slice(0, table?.valueStart)}{}${text.slice(table?.end)}`;
}
