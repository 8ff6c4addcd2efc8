import { createHash } from 'node:crypto';
import type { Hop, Route } from '../connection/hop.ts';
import { SshPoolError } from '../errors.ts';
import type { Identities } from '../identities/identities.ts';
import type { UserEnvironment } from '../paths.ts';
import type { ConfigFiles } from '../ssh-config/config-lines.ts';
import { type HostConfig, askSshConfig } from '../ssh-config/resolve.ts';
import { type TokenValues, expandHostName } from '../ssh-config/tokens.ts';
import type { Target } from '../target.ts';
import { type KnownHostsPaths, hostKeyRules } from './host-key-rules.ts';
import { identityRules } from './identity-rules.ts';
import { parseJumps } from './jump-spec.ts';

export interface RouteServices {
  readonly environment: UserEnvironment;
  readonly configPaths: readonly string[];
  readonly configFiles: ConfigFiles;
  readonly knownHosts: KnownHostsPaths;
  readonly identities: Identities;
}

// Enough for any network that people can still explain; a circle would go on for ever.
const mostHops = 8;

/**
 * What to connect to, as whom and how: the target's own word, then ssh_config's, then the defaults.
 *
 * @throws {@link SshPoolError} `SSH_CONFIG_INVALID`, `SSH_PROXY_COMMAND`
 */
export function resolveRoute(target: Target, services: RouteServices): Route {
  const hops: Hop[] = [];
  addHops(target, services, hops, []);
  return hops as [Hop, ...Hop[]];
}

/** Adds the jump hosts of a target, then the target itself. `above` are those that are reached through it. */
function addHops(target: Target, services: RouteServices, hops: Hop[], above: readonly string[]): void {
  const names = target.name === undefined || target.name === target.host ? [target.host] : [target.name, target.host];
  const question = { names, user: target.user };
  const config = askSshConfig(services.configPaths, question, services.configFiles, services.environment);
  const values = valuesOf(target, config, names[0] ?? target.host, services.environment);
  const label = labelOf(target, values);
  const path = [...above, `${values.user}@${values.host}:${values.port}`];
  if (path.length > mostHops || above.includes(path.at(-1) ?? '')) {
    throw new SshPoolError('SSH_CONFIG_INVALID', `${label}: its jump hosts lead in a circle: ${path.join(' ← ')}.`, {
      target: label,
      hint: 'Exempt the jump host itself from ProxyJump, as in `Host * !bastion`.',
    });
  }
  addJumps(jumpsOf(target, config, label), target, services, hops, path);
  const identities = identityRules(target, config, values, services.environment);
  const hostKeys = hostKeyRules(target, config, values, services.knownHosts, services.environment);
  const { host, port, user } = values;
  const parts = [user, host, port, services.identities.keyOf(identities), hops.at(-1)?.key, hostKeys.policy];
  const key = createHash('sha256')
    .update(JSON.stringify([...parts, hostKeys.steps]))
    .digest('base64');
  hops.push({ key, label, host, port, user, identities, hostKeys });
}

/** The first jump host is reached in its own way; each further one through the one before it. */
function addJumps(
  jumps: ReturnType<typeof parseJumps>,
  { hostKeyPolicy }: Target,
  services: RouteServices,
  hops: Hop[],
  path: readonly string[],
): void {
  for (const [index, jump] of jumps.entries()) {
    const target: Target = {
      ...jump,
      ...(hostKeyPolicy === undefined ? {} : { hostKeyPolicy }),
      ...(index === 0 ? {} : { jump: 'none' }),
    };
    addHops(target, services, hops, path);
  }
}

function valuesOf(target: Target, config: HostConfig, originalName: string, environment: UserEnvironment): TokenValues {
  return {
    host: config.hostName === undefined ? target.host : expandHostName(config.hostName, originalName),
    originalName,
    port: target.port ?? config.port ?? 22,
    user: target.user ?? config.user ?? target.defaultUser ?? environment.localUser,
    hostKeyAlias: config.hostKeyAlias,
  };
}

function jumpsOf(target: Target, { proxy }: HostConfig, label: string): ReturnType<typeof parseJumps> {
  if (target.jump !== undefined) return parseJumps(target.jump);
  if (proxy === undefined || proxy.value.toLowerCase() === 'none') return [];
  if (proxy.kind === 'jump') return parseJumps(proxy.value);
  throw new SshPoolError('SSH_PROXY_COMMAND', `${label}: ${proxy.where} sets a ProxyCommand, which is not run.`, {
    target: label,
  });
}

function labelOf({ name, host: given }: Target, { host, port }: TokenValues): string {
  const bracketed = host.includes(':') && port !== 22 ? `[${host}]` : host;
  const address = port === 22 ? host : `${bracketed}:${port}`;
  const known = name ?? given;
  return known === host ? address : `${known} (${address})`;
}
