import { cpSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/** The checkout that this file lies in. */
export const checkout = join(import.meta.dirname, '../../../..');

/** What does not belong to a build. */
const LEFT_OUT = new Set(['coverage', 'test', '.turbo', 'results', 'profiles']);

/** Copies the checkout, as it is built, into a folder that is not there yet. Links stay links. */
export function copyBuild(to: string): void {
  for (const part of ['apps', 'benchmarks', 'packages', 'package.json', 'pnpm-workspace.yaml']) {
    cpSync(join(checkout, part), join(to, part), {
      recursive: true,
      verbatimSymlinks: true,
      filter: (path) => !LEFT_OUT.has(basename(path)),
    });
  }
  symlinkSync(join(checkout, 'node_modules'), join(to, 'node_modules'), 'junction');
}

/** Does something to a build that should not be let through. */
export type Defect = (build: string) => void;

/** Each start of the program takes 10 ms longer. */
export const sleep: Defect = (build) => {
  beforeProgram(build, 'Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);');
};

/** Each listing asks Azure, and keeps nothing. */
export const noCache: Defect = (build) => {
  beforeProgram(build, "if (process.argv[2] === 'list') process.argv.push('--no-cache');");
};

/** A pool that keeps one connection, whatever it is told. */
export const oneConnection: Defect = (build) => {
  const settings = join(build, 'packages/ssh-pool/dist/pool/settings.js');
  const source = readFileSync(settings, 'utf8');
  const broken = source.replace('options.maxConnections ?? 20', '1');
  if (broken === source) throw new Error(`${settings} does not set the limit as it did`);
  writeFileSync(settings, broken);
};

function beforeProgram(build: string, code: string): void {
  const program = join(build, 'apps/cli/dist/azfleet.cjs');
  const source = readFileSync(program, 'utf8');
  const [, start = '', rest = ''] = /^((?:#!.*\n)?)([^]*)$/.exec(source) ?? [];
  writeFileSync(program, `${start}${code}\n${rest}`);
}
