// One measurement in a process of its own: `fresh-process.ts WHAT HOME [NAME]` prints the milliseconds from before the
// first file access to the values. The modules are loaded before: what they cost is measured by the start-up suite.
import { readFileSync } from 'node:fs';
import { parse } from 'smol-toml';
import { loadConfig } from '../../apps/cli/src/settings/load-settings.ts';
import { settingsPaths } from '../../apps/cli/src/settings/paths.ts';
import { sessionsFile } from '../../apps/cli/src/settings/sessions.ts';

const [what, homeDirectory = '', name = ''] = process.argv.slice(2);
const request = { env: {}, platform: process.platform, homeDirectory, overrides: {} } as const;
const paths = settingsPaths(request);
const sessions = sessionsFile({ paths });

const actions: Readonly<Record<string, () => unknown>> = {
  /** What a command does: the settings' values, and one session name. */
  azfleet: async () => {
    const { values } = await loadConfig(request);
    const names = sessions.load();
    return values['ssh.user'] && (names instanceof Promise ? await names : names).get(name);
  },
  /** What it would do with a parser alone, and no validation. */
  'smol-toml': () => {
    parse(readFileSync(paths.configFile, 'utf8'));
    return parse(readFileSync(paths.sessionsFile, 'utf8'))[name];
  },
};

const started = performance.now();
const pending = actions[what ?? '']?.();
const found = pending instanceof Promise ? await pending : pending;
const elapsedMs = performance.now() - started;
if (typeof found !== 'string') throw new Error(`${what} did not find ${name}`);
process.stdout.write(String(elapsedMs));
