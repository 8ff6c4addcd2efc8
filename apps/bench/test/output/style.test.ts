import { expect, test } from 'vitest';
import { styleFor } from '../../src/output/style.ts';

const terminal = { isTerminal: true, columns: 80, write() {} };
const pipe = { isTerminal: false, columns: undefined, write() {} };

test.each([
  ['a terminal', terminal, {}, undefined, true],
  ['a pipe', pipe, {}, undefined, false],
  ['a terminal that can show none', terminal, { TERM: 'dumb' }, undefined, false],
  ['NO_COLOR', terminal, { NO_COLOR: '1' }, undefined, false],
  ['NO_COLOR, empty', terminal, { NO_COLOR: '' }, undefined, true],
  ['CLICOLOR_FORCE', pipe, { CLICOLOR_FORCE: '1' }, undefined, true],
  ['CLICOLOR_FORCE=0', pipe, { CLICOLOR_FORCE: '0' }, undefined, false],
  ['NO_COLOR before CLICOLOR_FORCE', terminal, { NO_COLOR: '1', CLICOLOR_FORCE: '1' }, undefined, false],
  ['--color always before all', pipe, { NO_COLOR: '1' }, 'always', true],
  ['--color never before all', terminal, { CLICOLOR_FORCE: '1' }, 'never', false],
] as const)('%s', (_, output, env, when, coloured) => {
  expect(styleFor(output, env, when)('green', 'x')).toBe(coloured ? '\u001b[32mx\u001b[39m' : 'x');
});
