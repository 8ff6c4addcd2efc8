import { resolve } from 'node:path';
import type { Flag } from '../arguments.ts';
import type { CommandContext } from '../command.ts';

const DEFAULT = 'benchmarks/baselines';

export const baselinesFlag: Flag = { value: 'DIR', help: `the folder of the baselines (default: ${DEFAULT})` };

export function baselinesDirectory({ io, args }: CommandContext): string {
  return resolve(io.cwd, args.value('baselines') ?? DEFAULT);
}
