// C0, DEL, C1, and the bidirectional controls (UAX #9: embeddings, overrides, isolates, marks); also the line and
// paragraph separators, which some terminals treat as a new line.
// oxlint-disable-next-line no-control-regex -- controls are what it looks for
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\u001b': '\\e' };

/** Text from outside made harmless for a terminal: controls become visible (`\n`, `\e`, `\u{202e}`). */
export function visible(text: string): string {
  return text.replace(UNSAFE, (control) => SHORT[control] ?? `\\u{${control.codePointAt(0)!.toString(16)}}`);
}
