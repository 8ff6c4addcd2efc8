import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { expect, it, onTestFinished } from 'vitest';

it('loads nothing of the SDK, no crypto, no TLS and no child processes before a call is made', () => {
  const directory = mkdtempSync(join(tmpdir(), 'azfleet-azure-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  // A copy from which nothing but durable-file can be reached: importing anything else of node_modules would fail.
  const root = resolve(import.meta.dirname, '..');
  cpSync(join(root, 'dist'), join(directory, 'dist'), { recursive: true });
  mkdirSync(join(directory, 'node_modules', '@azfleet'), { recursive: true });
  symlinkSync(
    resolve(root, '..', 'durable-file'),
    join(directory, 'node_modules', '@azfleet', 'durable-file'),
    'junction',
  );
  writeFileSync(join(directory, 'package.json'), '{"type":"module"}');
  const program = `
    import { createInventory } from './dist/index.js';
    const answer = { value: { startedAt: 1, items: [] }, fetchedAt: 1, ageMs: 0, freshness: 'fresh', generation: 0, source: 'cache', stale: false };
    const namespace = { get: async () => undefined, readSync: () => undefined, set: async () => true, generationSync: () => 0, fetch: async () => answer };
    const inventory = createInventory({
      connection: { cloud: 'AzurePublic', credential: 'default', env: {} },
      store: { namespace: () => namespace },
    });
    const fleet = await inventory.list({ subscriptions: ['x'] });
    await inventory.close();
    const builtin = process.moduleLoadList.filter((name) => /NativeModule (crypto|tls|https?|net|child_process)$/.test(name));
    console.log(JSON.stringify({ builtin, errors: fleet.errors }));
  `;
  writeFileSync(join(directory, 'program.mjs'), program);
  const { stdout, stderr } = spawnSync(process.execPath, [join(directory, 'program.mjs')], { encoding: 'utf8' });
  expect(stderr).toBe('');
  expect(JSON.parse(stdout)).toEqual({ builtin: [], errors: [] });
});
