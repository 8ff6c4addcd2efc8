/** How Azure is reached and signed in to. */
export interface AzureConnection {
  /** Which of Azure's clouds; with `endpoint` it has no meaning. */
  cloud: Cloud;
  /** A Resource Manager endpoint of your own instead of the cloud's; https only. */
  endpoint?: string;
  /** The audience of tokens for `endpoint`. Default: what the endpoint's own `/metadata/endpoints` says. */
  audience?: string;
  /** A PEM file with certificate authorities that are trusted besides the usual ones. */
  caFile?: string;
  /** `default` is the chain of DefaultAzureCredential. */
  credential: CredentialKind;
  tenant?: string;
  clientId?: string;
  /**
   * The environment, usually `process.env`. What this package decides by it, it reads here; the Azure SDK's credentials
   * and proxy support read `process.env` themselves.
   */
  env: Readonly<Record<string, string | undefined>>;
}

export type Cloud = 'AzurePublic' | 'AzureUSGovernment' | 'AzureChina';
export type CredentialKind = 'default' | 'cli' | 'environment' | 'managed-identity' | 'workload-identity';

/** Which credential of the `default` chain the environment points to, if it points to one. */
export function environmentCredential(
  env: AzureConnection['env'],
): Exclude<CredentialKind, 'default' | 'cli'> | undefined {
  const wanted = env['AZURE_TOKEN_CREDENTIALS']?.trim().toLowerCase();
  if (wanted === 'dev' || wanted === 'azureclicredential') return undefined;
  if (wanted === 'environmentcredential') return 'environment';
  if (wanted === 'workloadidentitycredential') return 'workload-identity';
  if (wanted === 'managedidentitycredential') return 'managed-identity';
  if (env['AZURE_CLIENT_SECRET'] || env['AZURE_CLIENT_CERTIFICATE_PATH'] || env['AZURE_PASSWORD']) return 'environment';
  if (env['AZURE_FEDERATED_TOKEN_FILE']) return 'workload-identity';
  if (env['IDENTITY_ENDPOINT'] || env['MSI_ENDPOINT'] || wanted === 'prod') return 'managed-identity';
  return undefined;
}

/** True when the access token comes, or may come, from the `az` command. */
export function mayUseAzureCli(connection: AzureConnection): boolean {
  if (connection.credential === 'cli') return true;
  if (connection.credential !== 'default') return false;
  const wanted = connection.env['AZURE_TOKEN_CREDENTIALS']?.trim().toLowerCase();
  if (wanted !== undefined && wanted !== '' && wanted !== 'dev' && wanted !== 'azureclicredential') return false;
  return environmentCredential(connection.env) === undefined;
}
