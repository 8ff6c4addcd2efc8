import type { LookUpStep } from '../host-keys/host-key-check.ts';
import type { HostKeyRules } from '../host-keys/host-key-guard.ts';
import type { UserEnvironment } from '../paths.ts';
import type { HostConfig } from '../ssh-config/resolve.ts';
import { type TokenValues, expandPath } from '../ssh-config/tokens.ts';
import type { Target } from '../target.ts';

/** Where host keys are kept. */
export interface KnownHostsPaths {
  /** A file of the application's own, for keys under `hostKeyAlias`. */
  readonly own: string | undefined;
  /** The user's files. A key without an alias is added to the first. */
  readonly user: readonly string[];
  /** The files of the machine's administrator. */
  readonly system: readonly string[];
}

/** Where the host key is looked for: under the alias, then under the name, then under the address. */
export function hostKeyRules(
  target: Target,
  config: HostConfig,
  values: TokenValues,
  paths: KnownHostsPaths,
  environment: UserEnvironment,
): HostKeyRules {
  const userFiles = userKnownHosts(config, values, paths, environment);
  const files = [...userFiles, ...paths.system];
  const { hostKeyAlias: alias } = target;
  const own = alias === undefined || paths.own === undefined ? undefined : { file: paths.own, name: alias };
  const ownSteps: LookUpStep[] = own === undefined ? [] : [{ names: [own.name], files: [own.file] }];
  const names = namesOf(config, values);
  const steps = [...ownSteps, ...names.map((name) => ({ names: [withPort(name, config, values)], files }))];
  const [first] = userFiles;
  const shared = first === undefined ? undefined : { file: first, name: withPort(names.at(-1) ?? '', config, values) };
  return {
    steps,
    withoutPort: { names: isPortInName(config, values) ? names : [], files },
    policy: target.hostKeyPolicy ?? 'accept-new',
    mayAdd: target.mayAddHostKey === true && values.host.toLowerCase() === target.host.toLowerCase(),
    addTo: own ?? shared,
    ownStep: own === undefined ? undefined : 0,
    addressStep: config.hostKeyAlias === undefined ? steps.length - 1 : -1,
  };
}

function userKnownHosts(
  config: HostConfig,
  values: TokenValues,
  paths: KnownHostsPaths,
  environment: UserEnvironment,
): readonly string[] {
  const configured = config.userKnownHostsFiles;
  if (configured === undefined) return paths.user;
  return configured
    .filter((path) => path.toLowerCase() !== 'none')
    .map((path) => expandPath(path, values, environment));
}

function namesOf(config: HostConfig, { originalName, host }: TokenValues): string[] {
  if (config.hostKeyAlias !== undefined) return [config.hostKeyAlias];
  return originalName.toLowerCase() === host.toLowerCase() ? [host] : [originalName, host];
}

// Alias names stand for themselves; others carry a port that is not the usual one.
function isPortInName(config: HostConfig, { port }: TokenValues): boolean {
  return config.hostKeyAlias === undefined && port !== 22;
}

function withPort(name: string, config: HostConfig, values: TokenValues): string {
  return isPortInName(config, values) ? `[${name}]:${values.port}` : name;
}
