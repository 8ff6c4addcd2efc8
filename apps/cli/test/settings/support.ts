import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { loadSettings, type SettingsRequest } from '../../src/settings/load-settings.ts';
import type { Settings } from '../../src/settings/settings.ts';

export interface Home {
  readonly directory: string;
  readonly configFile: string;
  /** Loads the settings of this home, with more of a request. */
  load(request?: Partial<SettingsRequest>): Promise<Settings>;
}

/** A home directory of its own for a test, with a configuration file if there is text for one. */
export function temporaryHome(config?: string): Home {
  const directory = mkdtempSync(join(tmpdir(), 'azfleet-settings-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  const configFile = join(directory, '.config', 'azfleet', 'config.toml');
  if (config !== undefined) {
    mkdirSync(dirname(configFile), { recursive: true });
    writeFileSync(configFile, config);
  }
  const load: Home['load'] = async (request) =>
    await loadSettings({ env: {}, platform: 'linux', homeDirectory: directory, overrides: {}, ...request });
  return { directory, configFile, load };
}
