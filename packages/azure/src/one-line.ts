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
  return clean.length > MAX_LENGTH ? `${clean.slice(0, MAX_LENGTH - 1)}…` : clean;
}
