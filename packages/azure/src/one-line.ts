const MAX_LENGTH = 300;

/** C0 and C1 controls, line breaks among them. */
// oxlint-disable-next-line no-control-regex
const CONTROLS = /[\u0000-\u001F\u007F-\u009F\u2028\u2029]+/g;

/** A message from outside made fit to be shown and logged: one line, without tokens and query strings, not too long. */
export function oneLine(text: string): string {
  const clean = text
    .replace(/\beyJ[\w-]+\.[\w-]*(\.[\w-]*)?/g, '[token]')
    .replace(/\b(Bearer|Basic)\s+[\w.~+/=-]+/gi, '$1 [token]')
    .replace(/(https?:\/\/[^\s?#"'<>]*)[?#][^\s"'<>]*/g, '$1')
    .replace(/(https?:\/\/)[^\s/@]+@/g, '$1')
    .replace(CONTROLS, ' ')
    .replace(/ {2,}/g, ' ')
    .trim();
  return shorten(clean, MAX_LENGTH);
}

/** At most `length` characters of `text`: the sentences that fit, or else the words that do. */
export function shorten(text: string, length: number): string {
  if (text.length <= length) return text;
  const start = text.slice(0, length);
  const sentences = /^.*[.!?](?= )/.exec(start)?.[0];
  if (sentences !== undefined && sentences.length > length / 3) return sentences;
  const words = start.slice(0, start.lastIndexOf(' ', length - 1));
  return `${words.length > length / 3 ? words : start.slice(0, -1)}…`;
}
