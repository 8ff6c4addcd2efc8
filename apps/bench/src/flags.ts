import type { FlagTable } from './arguments.ts';

/** Flags of every command. */
export const globalFlags: FlagTable = {
  color: { value: 'WHEN', help: 'auto, always or never', choices: ['auto', 'always', 'never'] },
};
