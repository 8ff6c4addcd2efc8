import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { executable } from './support/cli.ts';

/** The built azfleet on a Node that says it is this version. */
function onNode(version: string) {
  const directory = mkdtempSync(join(tmpdir(), 'azfleet-old-node-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const preload = join(directory, 'version.cjs');
  const versions = `{ ...process.versions, node: ${JSON.stringify(version)} }`;
  writeFileSync(preload, `Object.defineProperty(process, 'versions', { value: ${versions} });`);
  return spawnSync(process.execPath, ['--require', preload, executable, '--version'], { encoding: 'utf8' });
}

test.each(['18.20.8', '20.20.0', '22.11.0'])('Node %s is refused in one line that says what to do', (version) => {
  const { status, stdout, stderr } = onNode(version);
  expect([status, stdout]).toEqual([2, '']);
  expect(stderr).toBe(`azfleet: this is Node ${version} (${process.execPath}); install Node 22.12 or newer\n`);
});

test.each(['22.12.0', '24.1.0', '100.0.0'])('Node %s will do', (version) => {
  expect(onNode(version).status).toBe(0);
});
