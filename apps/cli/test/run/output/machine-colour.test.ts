import { expect, test } from 'vitest';
import { plain, styleFor } from '../../../src/output/style.ts';
import { machineColour } from '../../../src/run/output/machine-colour.ts';
import { slowOutput } from './support.ts';

const coloured = styleFor(slowOutput(), {}, 'always');
const names = Array.from({ length: 500 }, (_, index) => `web-${index}`);

function coloursOf(env: Record<string, string>): string[] {
  const colour = machineColour(coloured, env);
  return names.map((name) => /^\u001b\[([\d;]+)mx\u001b\[39m$/.exec(colour(name, 'x'))![1]!); // oxlint-disable-line no-control-regex
}

test('a name has the same colour in every command', () => {
  expect(machineColour(coloured, {})('web-01', 'x')).toBe(machineColour(coloured, {})('web-01', 'x'));
  expect(machineColour(coloured, { TERM: 'xterm-256color' })('web-01', 'web-01')).toBe(
    '\u001b[38;5;30mweb-01\u001b[39m',
  );
});

test('many names have all colours, none much oftener than another', () => {
  for (const [env, count] of [
    [{ TERM: 'xterm' }, 5],
    [{ TERM: 'xterm-256color' }, 12],
    [{ COLORTERM: 'truecolor' }, 12],
  ] as const) {
    const colours = coloursOf(env);
    const distinct = new Set(colours);
    expect(distinct.size).toBe(count);
    for (const colour of distinct) {
      expect(colours.filter((other) => other === colour).length).toBeLessThan((2 * names.length) / count);
    }
  }
});

test('on black and on white each of the 256 colours has a contrast of 3.5 or more', () => {
  for (const colour of new Set(coloursOf({ TERM: 'xterm-256color' }))) {
    const luminance = luminanceOf(Number(colour.split(';')[2]));
    expect((luminance + 0.05) / 0.05).toBeGreaterThanOrEqual(3.5);
    expect(1.05 / (luminance + 0.05)).toBeGreaterThanOrEqual(3.5);
  }
});

test('without colours a name is as it is', () => {
  expect(machineColour(plain, { TERM: 'xterm-256color' })('web-01', 'web-01')).toBe('web-01');
});

/** Relative luminance (WCAG 2.2) of a colour in the 6 × 6 × 6 cube of xterm's palette. */
function luminanceOf(colour: number): number {
  const levels = [0, 95, 135, 175, 215, 255];
  const [red = 0, green = 0, blue = 0] = [36, 6, 1].map((step) => {
    const value = levels[Math.floor((colour - 16) / step) % 6]! / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
