import type { Comparison, Side, Suite } from '../suite/suite.ts';

const WORD = /^[a-z0-9.-]+$/;

/** What a suite's file exports. @throws Error where that is no suite */
export function checkedSuite(exported: unknown): Suite {
  if (typeof exported === 'object' && exported !== null && 'open' in exported && 'about' in exported) {
    if (typeof exported.open === 'function' && typeof exported.about === 'string') return exported as Suite;
  }
  throw new Error('its default export is not a suite; export default suite({ about, open })');
}

/** @throws Error naming what is wrong */
export function checkComparison(comparison: Comparison): void {
  const { name, sides, against, rounds, launches } = comparison;
  if (!WORD.test(name)) throw new Error(`comparison '${name}' is not one word of a-z, 0-9, dot and hyphen`);
  if (sides.length === 0) throw new Error(`comparison '${name}' has no sides`);
  const names = sides.map((side) => side.name);
  for (const [index, side] of sides.entries()) {
    if (!WORD.test(side.name))
      throw new Error(`side '${side.name}' of '${name}' is not one word of a-z, 0-9, dot and hyphen`);
    if (names.indexOf(side.name) !== index) throw new Error(`'${name}' has two sides called '${side.name}'`);
    if (kindOf(side) === undefined) throw new Error(`side '${side.name}' of '${name}' has nothing to run`);
  }
  if (against !== undefined && !names.includes(against))
    throw new Error(`'${name}' has no side '${against}' to be against`);
  if (rounds !== undefined && (!Number.isInteger(rounds) || rounds < 1)) {
    throw new Error(`'${name}' cannot have ${rounds} rounds`);
  }
  if (launches !== undefined && (!Number.isInteger(launches) || launches < 1)) {
    throw new Error(`'${name}' cannot have ${launches} launches`);
  }
}

export type SideKind = 'operation' | 'whole' | 'missing';

export function kindOf(side: Side): SideKind | undefined {
  if ('missing' in side) return 'missing';
  if ('whole' in side) return 'whole';
  return 'operation' in side ? 'operation' : undefined;
}
