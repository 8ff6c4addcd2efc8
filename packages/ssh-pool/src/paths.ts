import { homedir, userInfo } from 'node:os';
import { join } from 'node:path';
import { SshPoolError } from './errors.ts';

/** Whose files and variables are meant: injected, so that no test touches the user's own. */
export interface UserEnvironment {
  readonly home: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly localUser: string;
}

export function userEnvironment(
  home: string | undefined,
  env: Readonly<Record<string, string | undefined>> | undefined,
): UserEnvironment {
  const variables = env ?? process.env;
  return { home: home ?? homedir(), env: variables, localUser: localUserName(variables) };
}

/** `~` and `~/…` are below the user's home directory. */
export function expandHome(path: string, home: string): string {
  if (path === '~') return home;
  return path.startsWith('~/') || path.startsWith('~\\') ? join(home, path.slice(2)) : path;
}

/** Replaces `${NAME}`; ssh too refuses a name that is not set. */
export function expandVariables(text: string, env: UserEnvironment['env'], where: string): string {
  return text.replaceAll(/\$\{([^}]*)\}/g, (_, name: string) => {
    const value = env[name];
    if (value === undefined) {
      throw new SshPoolError('SSH_CONFIG_INVALID', `${where}: the variable ${name} is not set.`);
    }
    return value;
  });
}

function localUserName(env: UserEnvironment['env']): string {
  try {
    return userInfo().username;
  } catch {
    // A user id without an entry, as in many containers.
    return env['USER'] ?? env['USERNAME'] ?? '';
  }
}
