// C0, DEL, C1, and the bidirectional controls (UAX #9: embeddings, overrides, isolates, marks); also the line and
// paragraph separators, which some terminals treat as a new line.
// oxlint-disable-next-line no-control-regex -- controls are what it looks for
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;
const HAS_UNSAFE = new RegExp(UNSAFE.source);

const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\u001b': '\\e' };

/** Text from outside made harmless for a terminal: controls become visible (`\n`, `\e`, `\u{202e}`). */
export function visible(text: string): string {
  if (!HAS_UNSAFE.test(text)) return text;
  return text.replace(UNSAFE, (control) => SHORT[control] ?? `\\u{${control.codePointAt(0)!.toString(16)}}`);
}

/** JSON text in which the controls that `JSON.stringify` leaves as they are become `\uXXXX`: still the same JSON. */
export function visibleJson(json: string): string {
  return json.replace(UNSAFE, (control) =>
    control === '\n' ? control : `\\u${control.codePointAt(0)!.toString(16).padStart(4, '0')}`,
  );
}

/** What is written in one of the formats, as a terminal may have it; files and pipes get the bytes as they are. */
export function safeForTerminal(format: 'table' | 'json' | 'ndjson' | 'csv' | 'tsv', text: string): string {
  if (format === 'table') return text; // safe by itself, and coloured
  if (format === 'json' || format === 'ndjson') return visibleJson(text);
  const safeLine = format === 'tsv' ? (line: string) => line.split('\t').map(visible).join('\t') : visible;
  return text.split('\n').map(safeLine).join('\n');
}
