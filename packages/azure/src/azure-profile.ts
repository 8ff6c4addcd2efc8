import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A subscription as the Azure CLI remembers it. */
export interface ProfileSubscription {
  id: string;
  name: string;
  tenantId: string;
  isDefault: boolean;
  /** The account that sees it. */
  account: string;
}

/** What `az login` left behind about the signed-in account: no secrets. */
export interface AzureProfile {
  tenantId: string;
  account: string;
  /** The current subscription of `az`. */
  subscriptionId: string;
  subscriptions: ProfileSubscription[];
}

/**
 * Reads the Azure CLI's `azureProfile.json` from `AZURE_CONFIG_DIR`, or `.azure` in `home`. The file is written with a
 * byte order mark by some versions. Returns undefined when nobody is signed in, or the file cannot be read or understood.
 */
export function readAzureProfile(
  env: Readonly<Record<string, string | undefined>>,
  home: string,
): AzureProfile | undefined {
  const file = join(env['AZURE_CONFIG_DIR'] || join(home, '.azure'), 'azureProfile.json');
  try {
    return parseProfile(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

function parseProfile(text: string): AzureProfile | undefined {
  const parsed = JSON.parse(text.startsWith('\uFEFF') ? text.slice(1) : text) as { subscriptions?: unknown };
  if (!Array.isArray(parsed.subscriptions)) return undefined;
  const subscriptions = parsed.subscriptions.filter(isSubscription).map((entry) => ({
    id: entry.id,
    name: entry.name ?? entry.id,
    tenantId: entry.tenantId,
    isDefault: entry.isDefault === true,
    account: entry.user?.name ?? '',
  }));
  const current = subscriptions.find((entry) => entry.isDefault) ?? subscriptions[0];
  if (current === undefined) return undefined;
  return { tenantId: current.tenantId, account: current.account, subscriptionId: current.id, subscriptions };
}

interface RawSubscription {
  id: string;
  tenantId: string;
  name?: string;
  isDefault?: boolean;
  user?: { name?: string };
}

function isSubscription(entry: unknown): entry is RawSubscription {
  const raw = entry as Partial<RawSubscription> | null;
  return typeof raw?.id === 'string' && typeof raw.tenantId === 'string';
}
