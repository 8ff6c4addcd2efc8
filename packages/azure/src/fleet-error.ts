import type { CredentialKind } from './connection.ts';
import { AzureError } from './errors.ts';
import type { FleetError, FleetErrorCategory } from './fleet.ts';
import { forbiddenMessage } from './forbidden-message.ts';
import { oneLine } from './one-line.ts';

/** The members of the SDK's and the system's errors that say what happened. */
interface Failure {
  name?: string;
  message?: string;
  code?: unknown;
  statusCode?: unknown;
  /** What Azure asks to wait, in milliseconds. */
  retryAfterMs?: unknown;
}

/** What a failed call comes to, for the user. */
export type Diagnosis = Omit<FleetError, 'subscriptionId' | 'kind'>;

export function diagnose(error: unknown, credential: CredentialKind): Diagnosis {
  const failure = (typeof error === 'object' && error !== null ? error : { message: String(error) }) as Failure;
  if (error instanceof AzureError) return diagnoseOwn(error);
  const status = statusOf(failure);
  const code = typeof failure.code === 'string' && failure.code !== '' ? failure.code : undefined;
  if (status !== undefined && status >= 400) return diagnoseAnswer(status, code, failure, credential);
  if (isCutShort(error)) {
    return { code: 'ANSWER_CUT_SHORT', message: "Azure's answer was cut short", hint: HINTS.azure, category: 'azure' };
  }
  if (code !== undefined) {
    return { code, message: oneLine(failure.message || code), hint: networkHint(code), category: 'network' };
  }
  return { code: 'UNEXPECTED', message: messageOf(failure), hint: HINTS.azure, category: 'azure' };
}

/** True for an answer that ended before its end: the SDK reports it, and does not ask again. */
export function isCutShort(error: unknown): boolean {
  const { code, name } = (error ?? {}) as Failure;
  return code === 'PARSE_ERROR' || name === 'SyntaxError';
}

/** Azure says no, or there is nobody to ask for: what it answered before must not stand in for that. */
export function isRefusal(error: unknown): boolean {
  const status = statusOf(error);
  return status === 401 || status === 403 || (error instanceof AzureError && error.code === 'NOT_SIGNED_IN');
}

function diagnoseOwn(error: AzureError): Diagnosis {
  const category = error.category === 'configuration' ? 'azure' : error.category;
  return { code: error.code, message: oneLine(error.message), hint: error.hint, category };
}

function diagnoseAnswer(
  status: number,
  code: string | undefined,
  failure: Failure,
  credential: CredentialKind,
): Diagnosis {
  const category = categoryOf(status);
  return {
    code: code ?? `HTTP_${status}`,
    status,
    message: category === 'authorization' ? forbiddenMessage(messageOf(failure)) : messageOf(failure),
    hint: hintOf(category, code, failure, credential),
    category,
  };
}

function hintOf(
  category: FleetErrorCategory,
  code: string | undefined,
  { retryAfterMs }: Failure,
  credential: CredentialKind,
): string {
  if (code === 'InvalidAuthenticationTokenTenant') return OTHER_TENANT;
  if (typeof retryAfterMs === 'number') return `Try again in ${inWords(retryAfterMs)}.`;
  return category === 'authentication' ? SIGN_IN_HINTS[credential] : HINTS[category];
}

function categoryOf(status: number): FleetErrorCategory {
  if (status === 401) return 'authentication';
  if (status === 403) return 'authorization';
  if (status === 404) return 'not-found';
  return status === 429 ? 'throttled' : 'azure';
}

/** Rounded up: who comes a moment too early is refused again. */
function inWords(ms: number): string {
  const seconds = Math.max(1, Math.ceil(ms / 1000));
  if (seconds < 120) return `${seconds} s`;
  const minutes = Math.ceil(seconds / 60);
  return minutes < 120 ? `${minutes} min` : `${Math.ceil(minutes / 60)} h`;
}

const OTHER_TENANT =
  'The subscription belongs to another tenant: sign in to it (az login --tenant ID), and set tenant in the context.';

const HINTS: Record<FleetErrorCategory, string> = {
  authentication: 'Sign in with: az login',
  authorization: 'Ask for the Reader role on the subscription, or name a resource group you may read.',
  throttled: 'Wait a minute and try again.',
  azure: 'Try again; if it persists, see https://status.azure.com',
  network: 'Check the network, HTTPS_PROXY and NO_PROXY.',
  'not-found': 'Check the id of the subscription and the account you are signed in with.',
};

export const SIGN_IN_HINTS: Record<CredentialKind, string> = {
  default: HINTS.authentication,
  cli: HINTS.authentication,
  environment: 'Check AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET (or the certificate).',
  'managed-identity': 'Check that this machine has the managed identity, and its client id.',
  'workload-identity': 'Check AZURE_FEDERATED_TOKEN_FILE, AZURE_CLIENT_ID and AZURE_TENANT_ID.',
};

/** Codes of Node's TLS that mean: signed by someone who is not trusted here. */
const UNTRUSTED = /SELF_SIGNED|UNABLE_TO_(VERIFY|GET_ISSUER)/;

function networkHint(code: string): string {
  if (UNTRUSTED.test(code))
    return "Behind a proxy that re-signs TLS? Name its certificate authority's PEM file as ca_file.";
  return HINTS.network;
}

function messageOf(failure: Failure): string {
  return oneLine(failure.message || 'Azure gave no reason');
}

/** The HTTP status of a failed call, when there was an answer. */
export function statusOf(error: unknown): number | undefined {
  const failure = (error ?? {}) as Failure;
  const status = Number(failure.statusCode);
  return Number.isInteger(status) && status > 0 ? status : undefined;
}

/** `offline`, and the store has nothing. */
export function notCached(what: string, cause: unknown): AzureError {
  return new AzureError('NOT_CACHED', `Nothing is cached for the ${what} yet`, {
    category: 'not-found',
    hint: 'Run it once without --offline.',
    cause,
  });
}
