// Bundles the command line: one lean CommonJS entry for the warm path, and chunks that are loaded when they are needed.
// CommonJS, since an ESM entry costs every command 2-4 ms and 4-6 MB more.
import { chmodSync, existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { rolldown } from 'rolldown';

process.chdir(import.meta.dirname);
rmSync('dist', { recursive: true, force: true });

const input = {
  input: { azfleet: 'src/main.ts' },
  platform: 'node',
  // ssh2's native add-ons are not needed, and it goes on without them.
  external: [/\.node$/, 'cpu-features'],
  // From their sources: what a chunk does not need of a package stays out of it, file by file.
  resolve: { conditionNames: ['node', 'import', 'default'], alias: workspaceSources() },
  onLog(level, log, handler) {
    // Warnings about other people's modules are not ours to mend; ours are.
    if (level === 'warn' && /node_modules/.test(`${log.id ?? ''} ${log.message}`)) return;
    handler(level, log);
  },
};
const warm = await modulesOf('src/main.ts');
const shown = await modulesOf('src/fleet/show-fleet.ts');
const bundle = await rolldown(input);
const { output } = await bundle.write({
  dir: 'dist',
  format: 'cjs',
  entryFileNames: '[name].cjs',
  chunkFileNames: 'chunks/[name]-[hash].cjs',
  banner: (chunk) => (chunk.isEntry ? '#!/usr/bin/env node' : ''),
  // What a warm listing needs is one file, and what it takes to lay one out is another: each further file costs a third
  // of a millisecond.
  codeSplitting: {
    groups: [
      { name: 'warm', test: (id) => warm.has(id), priority: 2 },
      { name: 'show', test: (id) => shown.has(id), priority: 1 },
    ],
  },
  minify: process.env.AZFLEET_READABLE_BUILD
    ? false
    : // ssh2's server knows its sessions by the name of their class.
      { compress: true, mangle: { reserved: ['Session'] }, codegen: { removeWhitespace: true } },
  comments: { legal: false }, // kept in THIRD-PARTY-NOTICES instead
});
await bundle.close();
chmodSync('dist/azfleet.cjs', 0o755);
writeFileSync('dist/THIRD-PARTY-NOTICES', notices(output.flatMap((chunk) => Object.keys(chunk.modules ?? {}))));

/** `@azfleet/cache/reader` → the source behind that export. */
function workspaceSources() {
  const packages = join(import.meta.dirname, '../../packages');
  const alias = {};
  for (const folder of readdirSync(packages)) {
    const { name, exports } = JSON.parse(readFileSync(join(packages, folder, 'package.json'), 'utf8'));
    // Longer names first, so that `@azfleet/cache` does not stand for the start of `@azfleet/cache/reader`.
    for (const path of Object.keys(exports).toSorted((a, b) => b.length - a.length)) {
      if (path.endsWith('.json')) continue;
      const source = exports[path].default.replace('./dist/', 'src/').replace(/\.js$/, '.ts');
      alias[name + path.slice(1)] = join(packages, folder, source);
    }
  }
  return alias;
}

/** The modules that a file loads without any dynamic import. */
async function modulesOf(entry) {
  const withoutChunks = { name: 'without-chunks', resolveDynamicImport: (id) => ({ id, external: true }) };
  const entryOnly = await rolldown({ ...input, input: entry, plugins: [withoutChunks] });
  const { output: chunks } = await entryOnly.generate({ format: 'cjs' });
  await entryOnly.close();
  return new Set(chunks.flatMap((chunk) => Object.keys(chunk.modules ?? {})));
}

/** The licences of all that is bundled, as most of them ask for. */
function notices(modules) {
  const folders = new Set(modules.filter((id) => id.includes('node_modules')).map(packageFolder));
  const texts = [...folders]
    .filter((folder) => folder !== undefined)
    .map((folder) => {
      const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
      const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
      const text = file === undefined ? '' : `\n\n${readFileSync(join(folder, file), 'utf8').trim()}`;
      return `${name} ${version} (${license})${text}\n`;
    });
  return `azfleet contains these packages.\n\n${[...new Set(texts)].toSorted().join(`\n${'-'.repeat(80)}\n\n`)}`;
}

/** The nearest folder above a module with a package.json that has a name. */
function packageFolder(id) {
  for (
    let folder = dirname(id.split('?')[0].replace(/^\0/, ''));
    folder !== dirname(folder);
    folder = dirname(folder)
  ) {
    const manifest = join(folder, 'package.json');
    if (existsSync(manifest) && JSON.parse(readFileSync(manifest, 'utf8')).name !== undefined) return folder;
  }
  return undefined;
}
