import { mkdirSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { folder } from './folder.ts';

/** A checkout of a small workspace, as `pnpm install` and a build leave it. `build` is what everything in it says. */
export function checkout(build: string, files: Readonly<Record<string, string>> = {}): string {
  const root = folder({
    'package.json': '{ "name": "root", "private": true, "type": "module" }',
    'helper.js': `export const helper = '${build}';`,
    'packages/thing/package.json':
      '{ "name": "@x/thing", "version": "1.0.0", "type": "module", "exports": { ".": "./dist/index.js", "./sub": "./dist/sub.js" } }',
    'packages/thing/dist/index.js': `import { inner } from '@x/inner'; export const thing = '${build}' + inner;`,
    'packages/thing/dist/sub.js': `export const sub = '${build}';`,
    'packages/inner/package.json': '{ "name": "@x/inner", "type": "module", "exports": "./index.js" }',
    'packages/inner/index.js': `export const inner = '${build}';`,
    // As a command line is: nothing to import, and its package.json tells where it is.
    'apps/tool/package.json': `{ "name": "tool", "version": "1.0.0-${build}", "bin": "./tool.cjs" }`,
    'apps/tool/tool.cjs': `console.log('${build}');`,
    'benchmarks/package.json': '{ "type": "module", "dependencies": { "@x/thing": "*", "tool": "*" } }',
    ...files,
  });
  link(root, 'packages/thing', 'benchmarks/node_modules/@x/thing');
  link(root, 'apps/tool', 'benchmarks/node_modules/tool');
  link(root, 'packages/inner', 'packages/thing/node_modules/@x/inner');
  return root;
}

function link(root: string, target: string, path: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  symlinkSync(join(root, target), join(root, path), 'junction');
}
