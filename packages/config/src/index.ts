export type { Clock } from './clock.ts';
export { Configuration } from './configuration.ts';
export type {
  ConfigDefinition,
  ConfigRequest,
  Environment,
  EnvironmentBinding,
  LoadedConfig,
  Origin,
  Resolved,
} from './definition.ts';
export { durationPattern, formatDuration, parseDuration } from './duration.ts';
export { type ConfigEdit, type ConfigEdited, editConfig } from './edit-config.ts';
export { ConfigError, type ConfigErrorCode, type ConfigErrorOptions } from './errors.ts';
export type { LoadEvent, WriteEvent } from './events.ts';
export { locateKey } from './locate-key.ts';
export type { Names } from './names.ts';
export { NamesFile, type NamesFileOptions } from './names-file.ts';
export { nearest } from './nearest.ts';
export { formatProblem, type Problem } from './problem.ts';
export type { ConfigSchema } from './schema.ts';
export { valueFromText } from './setting-text.ts';
export { formatSize, parseSize, sizePattern } from './size.ts';
export type { TomlEdit } from './toml/edit.ts';
export { formatPath, formatValue, type TomlValue } from './toml/format.ts';
export { parseKey } from './toml/key.ts';
export { type FileUpdate, updateFile } from './update-file.ts';
export { type ConfigCheck, validateConfig } from './validate-config.ts';
