const unitBytes: Readonly<Record<string, number>> = {
  b: 1,
  kb: 1e3,
  mb: 1e6,
  gb: 1e9,
  tb: 1e12,
  kib: 1024,
  mib: 1024 ** 2,
  gib: 1024 ** 3,
  tib: 1024 ** 4,
};

/** What {@link parseSize} reads. For a schema. */
export const sizePattern = /^(?:0|\d+(?:\.\d+)? ?(?:[kKmMgGtT][iI]?)?[bB])$/;

/**
 * Bytes of a size such as `512B`, `64MB` (decimal) or `64MiB` (binary). Case does not matter.
 *
 * @returns whole bytes, or undefined when the text is not a size
 */
export function parseSize(text: string): number | undefined {
  if (!sizePattern.test(text)) return undefined;
  const [, count, unit = 'b'] = /^([\d.]+) ?([a-z]*)$/.exec(text.toLowerCase()) ?? [];
  const bytes = Math.floor(Number(count) * (unitBytes[unit] ?? 0));
  return Number.isSafeInteger(bytes) ? bytes : undefined;
}

/** The shortest text that {@link parseSize} reads as `bytes` bytes: 64,000,000 is `64MB`. */
export function formatSize(bytes: number): string {
  if (!Number.isSafeInteger(bytes) || bytes < 0) throw new RangeError(`Expected a whole number of bytes, got ${bytes}`);
  const texts = ['TB', 'TiB', 'GB', 'GiB', 'MB', 'MiB', 'KB', 'KiB', 'B']
    .filter((unit) => bytes % (unitBytes[unit.toLowerCase()] ?? 1) === 0)
    .map((unit) => `${bytes / (unitBytes[unit.toLowerCase()] ?? 1)}${unit}`);
  return texts.reduce((shortest, text) => (text.length < shortest.length ? text : shortest), `${bytes}B`);
}
