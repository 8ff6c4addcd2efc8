import { Buffer } from 'node:buffer';
import { timingSafeEqual } from 'node:crypto';

/** Compares without telling by the time it takes how much of the secret was right. */
export function isSameSecret(given: string | Uint8Array, expected: string | Uint8Array): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
