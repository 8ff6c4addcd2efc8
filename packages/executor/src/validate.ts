import { invalidOption } from './errors.ts';

export function wholeNumber(name: string, value: unknown, least: number): void {
  if (!Number.isSafeInteger(value) || (value as number) < least) {
    throw invalidOption(name, `a whole number of at least ${least}`, value);
  }
}

export function atLeast(name: string, value: unknown, least: number): void {
  if (typeof value !== 'number' || !Number.isFinite(value) || value < least) {
    throw invalidOption(name, `a number of at least ${least}`, value);
  }
}

export function positive(name: string, value: unknown): void {
  if (typeof value !== 'number' || !Number.isFinite(value) || value <= 0)
    throw invalidOption(name, 'a number above 0', value);
}

/** @returns 0.1 for '10%' */
export function share(name: string, value: unknown): number {
  const match = typeof value === 'string' ? /^(\d+(?:\.\d+)?)%$/.exec(value) : null;
  const percent = match === null ? Number.NaN : Number(match[1]);
  if (!(percent > 0 && percent <= 100)) throw invalidOption(name, "a share above '0%' and up to '100%'", value);
  return percent / 100;
}

export function oneOf(name: string, value: unknown, allowed: readonly string[]): void {
  if (!allowed.includes(value as string)) {
    throw invalidOption(name, allowed.map((word) => `'${word}'`).join(' or '), value);
  }
}

export function optionalFunction(name: string, value: unknown): void {
  if (value !== undefined && typeof value !== 'function') throw invalidOption(name, 'a function', value);
}
