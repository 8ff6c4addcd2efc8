const unitMs = { w: 604_800_000, d: 86_400_000, h: 3_600_000, m: 60_000, s: 1000, ms: 1 } as const;
type Unit = keyof typeof unitMs;
const units = Object.keys(unitMs) as Unit[];

/** What {@link parseDuration} reads: units from large to small, each once, or a lone 0. For a schema. */
export const durationPattern =
  /^(?:0|(?=\d)(?:\d+(?:\.\d+)?w)?(?:\d+(?:\.\d+)?d)?(?:\d+(?:\.\d+)?h)?(?:\d+(?:\.\d+)?m(?!s))?(?:\d+(?:\.\d+)?s)?(?:\d+(?:\.\d+)?ms)?)$/;

/**
 * Milliseconds of a duration such as `250ms`, `1.5s`, `5m`, `1h30m`, `7d` or `2w`.
 *
 * A bare number has no unit and is no duration, but `0` is.
 *
 * @returns whole milliseconds, or undefined when the text is not a duration
 */
export function parseDuration(text: string): number | undefined {
  if (!durationPattern.test(text)) return undefined;
  let totalMs = 0;
  for (const [, count, unit] of text.matchAll(/([\d.]+)(ms|[wdhms])/g)) totalMs += Number(count) * unitMs[unit as Unit];
  const wholeMs = Math.round(totalMs);
  return Number.isSafeInteger(wholeMs) ? wholeMs : undefined;
}

/** The text that {@link parseDuration} reads as `ms` milliseconds: 5,400,000 is `1h30m`. */
export function formatDuration(ms: number): string {
  if (!Number.isSafeInteger(ms) || ms < 0) throw new RangeError(`Expected a whole number of milliseconds, got ${ms}`);
  let restMs = ms;
  let text = '';
  for (const unit of units) {
    // Weeks are read but not written: `7d` is what people write.
    const count = unit === 'w' ? 0 : Math.floor(restMs / unitMs[unit]);
    if (count > 0) text += `${count}${unit}`;
    restMs -= count * unitMs[unit];
  }
  return text === '' ? '0s' : text;
}
