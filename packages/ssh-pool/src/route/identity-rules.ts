import { join } from 'node:path';
import type { IdentityRules } from '../identities/identities.ts';
import { type UserEnvironment, expandHome } from '../paths.ts';
import type { HostConfig } from '../ssh-config/resolve.ts';
import { type TokenValues, expandPath } from '../ssh-config/tokens.ts';
import type { Target } from '../target.ts';

const usualFiles = ['id_ed25519', 'id_ecdsa', 'id_rsa'];
const windowsAgent = String.raw`\\.\pipe\openssh-ssh-agent`;

/** Which keys to try: the files of the target, those of ssh_config, else the usual ones; and the agent's. */
export function identityRules(
  target: Target,
  config: HostConfig,
  values: TokenValues,
  environment: UserEnvironment,
): IdentityRules {
  const own = (target.identityFiles ?? []).map((path) => expandHome(path, environment.home));
  const configured = config.identityFiles
    .filter((path) => path.toLowerCase() !== 'none')
    .map((path) => expandPath(path, values, environment));
  const named = [...new Set([...own, ...configured])];
  const none = named.length === 0 && config.identityFiles.length > 0;
  const usual = none ? [] : usualFiles.map((name) => join(environment.home, '.ssh', name));
  return {
    files: named.length > 0 ? named : usual,
    named: named.length > 0,
    only: config.identitiesOnly === true,
    agentPath: agentPath(config.identityAgent, values, environment),
    certificates: config.certificateFiles,
  };
}

function agentPath(
  configured: string | undefined,
  values: TokenValues,
  environment: UserEnvironment,
): string | undefined {
  const inherited = environment.env['SSH_AUTH_SOCK'] ?? (process.platform === 'win32' ? windowsAgent : undefined);
  if (configured === undefined || configured === 'SSH_AUTH_SOCK') return inherited || undefined;
  if (configured.toLowerCase() === 'none') return undefined;
  if (/^\$\w+$/.test(configured)) return environment.env[configured.slice(1)] || undefined;
  return expandPath(configured, values, environment);
}
