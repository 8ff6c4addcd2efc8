import type { Output } from '../io.ts';

export type StyleName = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan';

const SGR: Readonly<Record<StyleName, readonly [number, number]>> = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  cyan: [36, 39],
};

/** Wraps text in a colour, or leaves it as it is. */
export type Style = (name: StyleName, text: string) => string;

const plain: Style = (_name, text) => text;
const coloured: Style = (name, text) => `\u001b[${SGR[name][0]}m${text}\u001b[${SGR[name][1]}m`;

/**
 * Colour only on a terminal that can show it. `--color always|never` decides first, then `NO_COLOR` (no-color.org),
 * `CLICOLOR_FORCE` (bixense.com/clicolors), `TERM=dumb`, and at last whether it is a terminal.
 */
export function styleFor(output: Output, env: Readonly<Record<string, string | undefined>>, when = 'auto'): Style {
  if (when !== 'auto') return when === 'always' ? coloured : plain;
  if (isSet(env['NO_COLOR'])) return plain;
  if (isSet(env['CLICOLOR_FORCE']) && env['CLICOLOR_FORCE'] !== '0') return coloured;
  return output.isTerminal && env['TERM'] !== 'dumb' ? coloured : plain;
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '';
}
