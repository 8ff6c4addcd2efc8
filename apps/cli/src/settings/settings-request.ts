import type { CommandContext } from '../command.ts';
import type { SettingsRequest } from './load-settings.ts';
import { settingsPaths, type SettingsPaths } from './paths.ts';

/** What to load for a command that shows or changes the configuration itself. */
export function settingsRequest(
  { io, args }: CommandContext,
  context: string | null | undefined = args.value('context'),
): SettingsRequest {
  const { env, platform, homeDirectory } = io;
  return { env, platform, homeDirectory, overrides: { context } };
}

/** Where the files are, whether or not they can be read. */
export function pathsOf(context: CommandContext): SettingsPaths {
  return settingsPaths(settingsRequest(context));
}
