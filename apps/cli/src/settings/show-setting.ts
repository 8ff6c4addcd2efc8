import { formatDuration, formatSize, formatValue, type LoadedConfig, locateKey, type TomlValue } from '@azfleet/config';
import type { SettingValues } from './settings.ts';

type Key = keyof SettingValues;

/** A setting as it is shown: as the file would say it. */
export interface ShownSetting {
  readonly key: Key;
  /** `null`: not set, and no default. */
  readonly value: TomlValue | null;
  readonly origin: string;
}

/** All settings, in the order of the file. */
export function shownSettings(config: LoadedConfig<SettingValues>): ShownSetting[] {
  return (Object.keys(config.values) as Key[]).map((key) => ({
    key,
    value: written(key, config.values[key]),
    origin: originText(config, key),
  }));
}

/** Durations and sizes as people write them. */
function written<K extends Key>(key: K, value: SettingValues[K]): TomlValue | null {
  if (value === undefined) return null;
  if (typeof value === 'number' && key === 'cache.max_size') return formatSize(value);
  if (typeof value === 'number' && (key.startsWith('cache.') || key === 'ssh.idle_timeout'))
    return formatDuration(value);
  return value;
}

/** Where a value came from: `config.toml:12`, `$AZURE_SUBSCRIPTION_ID`, a flag, or the default. */
function originText({ origins, path }: LoadedConfig<SettingValues>, key: Key): string {
  const origin = origins[key];
  if (origin.source === 'environment') return `$${origin.variable}`;
  if (origin.source === 'flag' || origin.source === 'default') return origin.source;
  const place = locateKey(path, origin.path);
  return place === undefined ? path : `${path}:${place.line}`;
}

/** One line for a person or a script: a text as it is, everything else as in TOML. */
export function valueText(value: TomlValue | null): string {
  if (value === null) return '';
  return typeof value === 'string' ? value : formatValue(value);
}
