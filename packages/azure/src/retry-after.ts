/**
 * The wait a `Retry-After` header asks for, in milliseconds: seconds, or an HTTP date (RFC 9110, section 10.2.3).
 * Undefined when the header is absent or makes no sense.
 */
export function retryAfterMs(header: string | undefined, now: number): number | undefined {
  if (header === undefined || header.trim() === '') return undefined;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return seconds >= 0 ? seconds * 1000 : undefined;
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
