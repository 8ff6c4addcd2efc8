// Bundles the page of `report` and `serve`: one script and one style sheet, which src/report/html.ts writes into the HTML.
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { rolldown } from 'rolldown';

process.chdir(import.meta.dirname);
const to = 'dist/page';
rmSync(to, { recursive: true, force: true });
mkdirSync(to, { recursive: true });

const bundle = await rolldown({ input: 'src/report/page/page.ts', platform: 'browser' });
const { output } = await bundle.generate({
  format: 'iife',
  minify: true,
  comments: { legal: false }, // kept in licences.txt instead, which the page shows
});
await bundle.close();
const [chunk] = output;
if (output.length !== 1) throw new Error('the page is more than one file');
// Inside <script> these would begin or end one; in JavaScript they are the same text with the escape.
writeFileSync(join(to, 'page.js'), chunk.code.trim().replaceAll(/<(?=\/script|!--|script)/gi, '\\x3c'));
writeFileSync(
  join(to, 'page.css'),
  readFileSync('src/report/page/page.css', 'utf8').replaceAll(/\/\*[^]*?\*\/\s*/g, ''),
);
const licences = notices(Object.keys(chunk.modules));
writeFileSync(join(to, 'licences.txt'), licences);
writeFileSync(
  'dist/THIRD-PARTY-NOTICES',
  `The page of 'azfleet-bench report' and 'serve' (dist/page) contains these packages.\n\n${licences}`,
);

/** The licences of all that is bundled, as they ask for. */
function notices(modules) {
  const folders = new Set(modules.filter((id) => id.includes('node_modules')).map(packageFolder));
  const texts = [...folders].map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
    if (file === undefined) throw new Error(`${name} has no licence file`);
    return `${name} ${version} (${license})\n\n${readFileSync(join(folder, file), 'utf8').trim()}\n`;
  });
  return texts.toSorted().join(`\n${'-'.repeat(80)}\n\n`);
}

/** The nearest folder above a module with a package.json that has a name. */
function packageFolder(id) {
  for (let folder = dirname(id); folder !== dirname(folder); folder = dirname(folder)) {
    const manifest = join(folder, 'package.json');
    if (existsSync(manifest) && JSON.parse(readFileSync(manifest, 'utf8')).name !== undefined) return folder;
  }
  throw new Error(`${id} is in no package`);
}
