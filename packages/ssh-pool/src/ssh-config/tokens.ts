import { hostname } from 'node:os';
import { SshPoolError } from '../errors.ts';
import { type UserEnvironment, expandHome, expandVariables } from '../paths.ts';

/** What the `%` tokens of ssh_config stand for. */
export interface TokenValues {
  readonly host: string;
  readonly originalName: string;
  readonly port: number;
  readonly user: string;
  readonly hostKeyAlias?: string | undefined;
}

/**
 * A path of ssh_config: `%` tokens, `${NAME}` and `~` replaced.
 *
 * @throws {@link SshPoolError} `SSH_CONFIG_INVALID` for a token that does not exist
 */
export function expandPath(path: string, values: TokenValues, environment: UserEnvironment): string {
  const withTokens = expandTokens(path, values, environment);
  return expandHome(expandVariables(withTokens, environment.env, path), environment.home);
}

/** `HostName` may contain the name that was asked for. */
export function expandHostName(hostName: string, originalName: string): string {
  return hostName.replaceAll(/%([h%])/g, (_, token: string) => (token === 'h' ? originalName : '%'));
}

function expandTokens(text: string, values: TokenValues, environment: UserEnvironment): string {
  return text.replaceAll(/%(.?)/g, (_, token: string) => {
    const value = tokens[token]?.(values, environment);
    if (value === undefined) {
      throw new SshPoolError('SSH_CONFIG_INVALID', `The token %${token} in ${text} is not known here.`);
    }
    return value;
  });
}

const tokens: Readonly<Record<string, (values: TokenValues, environment: UserEnvironment) => string>> = {
  '%': () => '%',
  d: (_, { home }) => home,
  h: ({ host }) => host,
  i: () => String(process.getuid?.() ?? 0),
  k: ({ hostKeyAlias, originalName }) => hostKeyAlias ?? originalName,
  L: () => hostname().split('.', 1)[0] ?? '',
  l: () => hostname(),
  n: ({ originalName }) => originalName,
  p: ({ port }) => String(port),
  r: ({ user }) => user,
  u: (_, { localUser }) => localUser,
};
