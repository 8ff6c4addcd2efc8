// `pnpm version`: changesets' own versioning, and one thing more. The CLI is a bundle: what it contains are
// devDependencies, whose release changesets does not carry on to it. So a release of a contained package adds a patch
// of the CLI, before the versions are made.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

if (import.meta.main ?? process.argv[1] === import.meta.filename) {
  const root = process.argv[2] ?? join(import.meta.dirname, '..');
  addBundleRelease(root, plannedReleases(root));
  execFileSync('changeset', ['version'], { cwd: root, stdio: 'inherit' });
}

/** What `changeset version` would release: `{ name, type }` each. */
export function plannedReleases(root) {
  const folder = mkdtempSync(join(tmpdir(), 'azfleet-version-'));
  const file = join(folder, 'status.json');
  try {
    execFileSync('changeset', ['status', '--output', file], { cwd: root, stdio: 'ignore' });
    return JSON.parse(readFileSync(file, 'utf8')).releases;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Adds the CLI's patch where a package that it contains is released and it is not. Returns the packages' names. */
export function addBundleRelease(root, releases) {
  const manifest = JSON.parse(readFileSync(join(root, 'apps/cli/package.json'), 'utf8'));
  const released = releases.filter(({ type }) => type !== 'none').map(({ name }) => name);
  const contained = released.filter((name) => name in (manifest.devDependencies ?? {})).toSorted();
  if (contained.length === 0 || released.includes(manifest.name)) return [];
  const text = `---\n"${manifest.name}": patch\n---\n\nContains the new ${contained.join(', ')}.\n`;
  writeFileSync(join(root, '.changeset', 'bundled-packages.md'), text);
  return contained;
}
