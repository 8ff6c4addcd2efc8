/** Figures as people read them. Used by the page and by Node: nothing of either is needed here. */

const TIME_UNITS = [
  { unit: 's', seconds: 1 },
  { unit: 'ms', seconds: 1e-3 },
  { unit: 'µs', seconds: 1e-6 },
  { unit: 'ns', seconds: 1e-9 },
] as const;

export interface TimeUnit {
  readonly unit: string;
  /** How many seconds one of it is. */
  readonly seconds: number;
}

/** The unit in which a time of this size is a number from 1 to 999. */
export function timeUnit(seconds: number): TimeUnit {
  // 0.9996 ms is written 1 ms, so the choice is made after rounding.
  const rounded = Number(Math.abs(seconds).toPrecision(3));
  return TIME_UNITS.find((unit) => rounded >= unit.seconds) ?? TIME_UNITS[rounded === 0 ? 0 : 3];
}

/** `43.2 ms`, three digits. */
export function time(seconds: number): string {
  const { unit, seconds: size } = timeUnit(seconds);
  return `${threeDigits(seconds / size)} ${unit}`;
}

/** `1.26 ×` */
export function times(ratio: number): string {
  return `${ratioDigits(ratio)} ×`;
}

/** `[1.24–1.31]` */
export function interval({ low, high }: { readonly low: number; readonly high: number }): string {
  return `[${ratioDigits(low)}–${ratioDigits(high)}]`;
}

/** A ratio as a change: `+12.4 %`, `−3.1 %`; beyond three times as long, `3.2 ×`. */
export function change(ratio: number): string {
  if (ratio >= 3) return times(ratio);
  const percents = (ratio - 1) * 100;
  const digits = Math.abs(percents) >= 99.95 ? 0 : 1;
  const text = Math.abs(percents).toFixed(digits);
  if (Number(text) === 0) return `0 %`;
  return `${percents < 0 ? '−' : '+'}${text} %`;
}

/** A share of one: `4.2 %`. */
export function percent(share: number): string {
  const percents = share * 100;
  return `${Number.isInteger(percents) ? percents : percents.toFixed(Math.abs(percents) < 10 ? 1 : 0)} %`;
}

export function megabytes(size: number): string {
  return `${size < 10 ? size.toFixed(1) : Math.round(size)} MB`;
}

/** `1,234`; a mean of counts keeps what is behind its point: `1.5`. */
export function count(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: 2 });
}

/** `2026-11-23 14:05 UTC`, whatever the reader's time zone: the file is passed on. */
export function dateAndTime(iso: string): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return iso;
  return `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** The first nine digits of a commit, with the `+` of what is not committed. */
export function shortCommit(commit: string): string {
  const [, digits, rest = ''] = /^([0-9a-f]{9})[0-9a-f]*(.*)$/.exec(commit) ?? [];
  return digits === undefined ? commit : `${digits}${rest}`;
}

/** `1 benchmark`, `2 benchmarks` */
export function plural(amount: number, one: string, many = `${one}s`): string {
  return `${count(amount)} ${amount === 1 ? one : many}`;
}

function ratioDigits(ratio: number): string {
  if (ratio >= 100) return ratio.toFixed(0);
  if (ratio >= 10) return ratio.toFixed(1);
  // Below a tenth two digits are left, whatever comes before them.
  return ratio >= 0.1 || ratio <= 0 ? ratio.toFixed(2) : ratio.toFixed(Math.min(6, 1 + Math.ceil(-Math.log10(ratio))));
}

function threeDigits(value: number): string {
  const size = Math.abs(value);
  if (size === 0) return '0';
  if (size >= 99.95) return value.toFixed(0);
  return size >= 9.995 ? value.toFixed(1) : value.toFixed(2);
}
