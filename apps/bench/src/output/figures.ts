const UNITS: readonly (readonly [factor: number, unit: string])[] = [
  [1, 's'],
  [1e3, 'ms'],
  [1e6, 'µs'],
  [1e9, 'ns'],
];

/** `1.42 s`, `58.3 ms`, `870 µs`: three digits, in the unit that fits. */
export function duration(seconds: number): string {
  const [factor, unit] = unitFor(seconds);
  return `${threeDigits(seconds * factor)} ${unit}`;
}

/** `57.9–59.0` in the unit in which `duration(of)` is shown. */
export function durationRange(low: number, high: number, of: number): string {
  const [factor] = unitFor(of);
  return `${threeDigits(low * factor)}–${threeDigits(high * factor)}`;
}

function unitFor(seconds: number): readonly [number, string] {
  return UNITS.find(([factor]) => Math.abs(seconds) * factor >= 0.9995) ?? UNITS.at(-1)!;
}

/** `1234`, `58.3`, `0.84`. */
export function threeDigits(value: number): string {
  const size = Math.abs(value);
  if (size >= 99.95) return value.toFixed(0);
  return value.toFixed(size >= 9.995 ? 1 : 2);
}

/** `1.42×` */
export function times(ratio: number): string {
  return `${threeDigits(ratio)}×`;
}

/** `8 %`, `0.4 %` */
export function percent(share: number): string {
  const value = share * 100;
  return `${Math.abs(value) >= 9.95 || value === 0 ? value.toFixed(0) : value.toFixed(1)} %`;
}

/** `3 calls`, `1 call`, `0.5 calls` */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${Number.isInteger(count) ? count : threeDigits(count)} ${count === 1 ? one : many}`;
}
