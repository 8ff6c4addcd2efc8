// Puts azfleet's suites into the package: Node strips no types in node_modules, so that is done here.
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { dirname, join } from 'node:path';

const from = join(import.meta.dirname, '../../benchmarks');
const to = join(import.meta.dirname, 'dist/suites');
/** Those of this repository alone. */
const notShipped = /^(?:node_modules|baselines|profiles|\.)/;
const typescript = /\.([mc]?)ts$/;

rmSync(to, { recursive: true, force: true });
for (const entry of readdirSync(from, { withFileTypes: true })) {
  if (notShipped.test(entry.name)) continue;
  if (entry.isDirectory()) {
    const files = readdirSync(join(from, entry.name), { recursive: true, withFileTypes: true });
    for (const file of files) if (file.isFile()) ship(join(file.parentPath, file.name));
  } else if (/\.bench\.[mc]?[jt]s$/.test(entry.name)) ship(join(from, entry.name));
}

function ship(file) {
  const target = join(to, file.slice(from.length)).replace(typescript, '.$1js');
  mkdirSync(dirname(target), { recursive: true });
  if (typescript.test(file)) writeFileSync(target, javascript(readFileSync(file, 'utf8')));
  else cpSync(file, target);
}

/** Types become spaces, so that lines and columns stay; relative imports get the ending of what they lead to. */
function javascript(source) {
  return stripTypeScriptTypes(source).replaceAll(
    /(\b(?:from|import)\s*\(?\s*)'(\.{1,2}\/[^']+)\.([mc]?)ts'/g,
    "$1'$2.$3js'",
  );
}
