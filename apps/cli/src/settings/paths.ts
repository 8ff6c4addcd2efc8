import { posix, win32 } from 'node:path';
import { ConfigError } from '@azfleet/config';

/** Where azfleet's files are. */
export interface SettingsPaths {
  readonly configFile: string;
  /** Beside the configuration file. */
  readonly sessionsFile: string;
  readonly cacheDirectory: string;
  /** In the cache directory: configuration and session names in compiled form. */
  readonly compiledDirectory: string;
  readonly stateDirectory: string;
  readonly runtimeDirectory: string;
}

/** What the paths depend on. */
export interface PathsRequest {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  readonly homeDirectory: string;
}

/**
 * The paths by the XDG Base Directory Specification (0.8), with %APPDATA% and %LOCALAPPDATA% in its place on Windows.
 * The specification has relative values ignored. azfleet's own variables are refused when they are relative: what they
 * name would depend on the current directory, and nothing is ever read from there.
 *
 * Every command comes through here before its code is warm: hence texts put together, where `join` takes 0.1 ms.
 */
export function settingsPaths(request: PathsRequest): SettingsPaths {
  const base = request.platform === 'win32' ? windowsDirectories(request) : xdgDirectories(request);
  const separator = request.platform === 'win32' ? '\\' : '/';
  const configFile = ownPath('AZFLEET_CONFIG', request) ?? `${base.config}${separator}config.toml`;
  const stateDirectory = ownPath('AZFLEET_STATE_DIR', request) ?? base.state;
  const cacheDirectory = ownPath('AZFLEET_CACHE_DIR', request) ?? base.cache;
  return {
    configFile,
    sessionsFile: `${syntaxOf(request).dirname(configFile)}${separator}sessions.toml`,
    cacheDirectory,
    compiledDirectory: `${cacheDirectory}${separator}config`,
    stateDirectory,
    runtimeDirectory: ownPath('AZFLEET_RUNTIME_DIR', request) ?? base.runtime ?? `${stateDirectory}${separator}run`,
  };
}

interface BaseDirectories {
  readonly config: string;
  readonly cache: string;
  readonly state: string;
  readonly runtime?: string | undefined;
}

function xdgDirectories(request: PathsRequest): BaseDirectories {
  const { homeDirectory } = request;
  const runtime = absoluteVariable('XDG_RUNTIME_DIR', request);
  return {
    config: `${absoluteVariable('XDG_CONFIG_HOME', request) ?? `${homeDirectory}/.config`}/azfleet`,
    cache: `${absoluteVariable('XDG_CACHE_HOME', request) ?? `${homeDirectory}/.cache`}/azfleet`,
    state: `${absoluteVariable('XDG_STATE_HOME', request) ?? `${homeDirectory}/.local/state`}/azfleet`,
    runtime: runtime === undefined ? undefined : `${runtime}/azfleet`,
  };
}

function windowsDirectories(request: PathsRequest): BaseDirectories {
  const { homeDirectory } = request;
  const roaming = absoluteVariable('APPDATA', request) ?? `${homeDirectory}\\AppData\\Roaming`;
  const local = absoluteVariable('LOCALAPPDATA', request) ?? `${homeDirectory}\\AppData\\Local`;
  return {
    config: `${roaming}\\azfleet`,
    cache: `${local}\\azfleet\\cache`,
    state: `${local}\\azfleet\\state`,
  };
}

function absoluteVariable(variable: string, request: PathsRequest): string | undefined {
  const value = request.env[variable];
  return value !== undefined && syntaxOf(request).isAbsolute(value) ? value.replace(/(?<=.)[/\\]+$/, '') : undefined;
}

function ownPath(variable: string, request: PathsRequest): string | undefined {
  const value = request.env[variable];
  if (value === undefined || value === '') return undefined;
  if (syntaxOf(request).isAbsolute(value)) return value;
  throw new ConfigError(`$${variable}: expected an absolute path, got ${JSON.stringify(value)}`, {
    code: 'CONFIG_INVALID',
    hint: `Set ${variable} to a path that begins at the root.`,
  });
}

/** `~` and `~/…` begin at the home directory, other relative paths at the directory of the configuration file. */
export function absolutePath(path: string, request: PathsRequest, configFile: string): string {
  const { platform, homeDirectory } = request;
  if (path === '~') return homeDirectory;
  if (path.startsWith('~/'))
    return homeDirectory + (platform === 'win32' ? path.slice(1).replaceAll('/', '\\') : path.slice(1));
  if (platform === 'win32' && path.startsWith('~\\')) return homeDirectory + path.slice(1);
  const syntax = syntaxOf(request);
  return syntax.resolve(syntax.dirname(configFile), path);
}

function syntaxOf({ platform }: PathsRequest): typeof posix {
  return platform === 'win32' ? win32 : posix;
}
