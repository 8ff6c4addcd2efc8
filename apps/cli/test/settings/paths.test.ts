import { expect, test } from 'vitest';
import { absolutePath, settingsPaths } from '../../src/settings/paths.ts';

const linux = { platform: 'linux', homeDirectory: '/home/me' } as const;
const windows = { platform: 'win32', homeDirectory: 'C:\\Users\\me' } as const;

test('the XDG directories are used where they are absolute', () => {
  const env = {
    XDG_CONFIG_HOME: '/c',
    XDG_CACHE_HOME: '/k',
    XDG_STATE_HOME: '/s',
    XDG_RUNTIME_DIR: '/r',
  };
  expect(settingsPaths({ ...linux, env })).toEqual({
    configFile: '/c/azfleet/config.toml',
    sessionsFile: '/c/azfleet/sessions.toml',
    cacheDirectory: '/k/azfleet',
    compiledDirectory: '/k/azfleet/config',
    stateDirectory: '/s/azfleet',
    runtimeDirectory: '/r/azfleet',
  });
});

test('relative and empty XDG directories are ignored, as the specification has it', () => {
  const env = { XDG_CONFIG_HOME: 'c', XDG_CACHE_HOME: '', XDG_STATE_HOME: './s', XDG_RUNTIME_DIR: 'r' };
  expect(settingsPaths({ ...linux, env })).toEqual(settingsPaths({ ...linux, env: {} }));
});

test("azfleet's own variables come first", () => {
  const env = {
    XDG_CONFIG_HOME: '/c',
    AZFLEET_CONFIG: '/own/my.toml',
    AZFLEET_CACHE_DIR: '/own/cache',
    AZFLEET_STATE_DIR: '/own/state',
  };
  expect(settingsPaths({ ...linux, env })).toEqual({
    configFile: '/own/my.toml',
    sessionsFile: '/own/sessions.toml',
    cacheDirectory: '/own/cache',
    compiledDirectory: '/own/cache/config',
    stateDirectory: '/own/state',
    runtimeDirectory: '/own/state/run',
  });
  expect(settingsPaths({ ...linux, env: { ...env, AZFLEET_RUNTIME_DIR: '/own/run' } }).runtimeDirectory).toBe(
    '/own/run',
  );
});

test.each(['AZFLEET_CONFIG', 'AZFLEET_CACHE_DIR', 'AZFLEET_STATE_DIR', 'AZFLEET_RUNTIME_DIR'])(
  'a relative %s is refused: it would be read from the current directory',
  (variable) => {
    expect(() => settingsPaths({ ...linux, env: { [variable]: 'here' } })).toThrow(
      `$${variable}: expected an absolute path, got "here"`,
    );
    expect(settingsPaths({ ...linux, env: { [variable]: '' } })).toEqual(settingsPaths({ ...linux, env: {} }));
  },
);

test('on Windows, %APPDATA% and %LOCALAPPDATA%', () => {
  const env = { APPDATA: 'D:\\Roaming', LOCALAPPDATA: 'D:\\Local', XDG_CONFIG_HOME: '/c' };
  expect(settingsPaths({ ...windows, env })).toEqual({
    configFile: 'D:\\Roaming\\azfleet\\config.toml',
    sessionsFile: 'D:\\Roaming\\azfleet\\sessions.toml',
    cacheDirectory: 'D:\\Local\\azfleet\\cache',
    compiledDirectory: 'D:\\Local\\azfleet\\cache\\config',
    stateDirectory: 'D:\\Local\\azfleet\\state',
    runtimeDirectory: 'D:\\Local\\azfleet\\state\\run',
  });
  expect(settingsPaths({ ...windows, env: {} })).toMatchObject({
    configFile: 'C:\\Users\\me\\AppData\\Roaming\\azfleet\\config.toml',
    cacheDirectory: 'C:\\Users\\me\\AppData\\Local\\azfleet\\cache',
    compiledDirectory: 'C:\\Users\\me\\AppData\\Local\\azfleet\\cache\\config',
  });
});

test.each([
  [linux, '~', '/home/me'],
  [linux, '~/.ssh/id', '/home/me/.ssh/id'],
  [linux, '/etc/ca.pem', '/etc/ca.pem'],
  [linux, 'ca.pem', '/c/ca.pem'],
  [linux, '../ca.pem', '/ca.pem'],
  [linux, '~other/x', '/c/~other/x'],
] as const)('%o: the path %s is %s', (system, path, absolute) => {
  expect(absolutePath(path, { ...system, env: {} }, '/c/config.toml')).toBe(absolute);
});

const absolute = (path: string) => absolutePath(path, { ...windows, env: {} }, 'D:\\c\\config.toml');

test('paths on Windows', () => {
  expect(absolute('~\\.ssh\\id')).toBe('C:\\Users\\me\\.ssh\\id');
  expect(absolute('~/.ssh/id')).toBe('C:\\Users\\me\\.ssh\\id');
  expect(absolute('ca.pem')).toBe('D:\\c\\ca.pem');
});
