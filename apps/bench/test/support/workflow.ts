import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { readArguments } from '../../src/arguments.ts';
import { commands } from '../../src/commands.ts';
import { globalFlags } from '../../src/flags.ts';

export interface Step {
  readonly name?: string;
  readonly run?: string;
  readonly uses?: string;
  readonly if?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly 'working-directory'?: string;
}

export interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, { readonly steps: readonly Step[] }>>;
}

const root = join(import.meta.dirname, '../../../..');

/** The workflow of this repository. */
export function ownWorkflow(): Workflow {
  return parse(readFileSync(join(root, '.github/workflows/bench.yml'), 'utf8')) as Workflow;
}

/** The one that the README shows. */
export function workflowInReadme(): Workflow {
  const readme = readFileSync(join(root, 'apps/bench/README.md'), 'utf8');
  return parse(/```yaml\n(name: bench\n[^]*?)```/.exec(readme)![1]!) as Workflow;
}

export function stepsOf({ jobs }: Workflow): Step[] {
  return Object.values(jobs).flatMap(({ steps }) => steps);
}

/** The command lines of azfleet-bench in a step: `['gate', 'base.json', 'new.json']`. */
export function callsIn({ run = '' }: Step): string[][] {
  const calls = run.matchAll(
    /(?:node apps\/bench\/dist\/main\.js|npx azfleet-bench|npx @azfleet\/bench) ([^|&;>\n]*)/g,
  );
  return Array.from(calls, ([, words]) => words!.trim().split(/\s+/));
}

/** Reads a command line as the program does. @throws where it would end with exit code 2 */
export async function readCall([name, ...words]: readonly string[]): Promise<{
  command: string;
  positionals: readonly string[];
}> {
  const entry = commands[name!];
  if (entry === undefined) throw new Error(`azfleet-bench has no command ${name}`);
  const command = await entry.load();
  return { command: name!, positionals: readArguments(words, { ...command.flags, ...globalFlags }, name!).positionals };
}
