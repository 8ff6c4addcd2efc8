import type { Io } from '../../io.ts';
import { plain, type Style } from '../../output/style.ts';

/**
 * Colours of the 256 that stand out on dark and on light grounds alike (a contrast of at least 3.5 with black and with
 * white, WCAG 2.2), none of them red: that is for failures.
 */
const OF_256 = [166, 100, 64, 28, 30, 32, 27, 62, 98, 134, 133, 132].map((colour) => `38;5;${colour}`);
/** Cyan, green, yellow, blue and magenta of every terminal. */
const BASIC = ['36', '32', '33', '34', '35'];

/** The colour of a machine: the same in every run. Where there are no colours, none. */
export function machineColour(style: Style, env: Io['env']): (label: string, text: string) => string {
  if (style === plain) return (_label, text) => text;
  const palette = hasManyColours(env) ? OF_256 : BASIC;
  return (label, text) => `\u001b[${palette[hash(label) % palette.length]}m${text}\u001b[39m`;
}

function hasManyColours(env: Io['env']): boolean {
  return /256color|kitty|alacritty|ghostty/.test(env['TERM'] ?? '') || (env['COLORTERM'] ?? '') !== '';
}

/** FNV-1a (Fowler, Noll, Vo), 32 bits, folded so that all of them count in the remainder. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const byte of Buffer.from(text)) value = Math.imul(value ^ byte, 0x01000193);
  return (value ^ (value >>> 16)) >>> 0;
}
