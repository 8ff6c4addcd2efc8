import type { CredentialKind } from './connection.ts';
import { AzureError } from './errors.ts';
import { SIGN_IN_HINTS } from './fleet-error.ts';
import { oneLine } from './one-line.ts';

/** The members of the errors of the SDK's credentials, and of the library below them, that say what happened. */
interface Failure {
  message?: string;
  status?: unknown;
  statusCode?: unknown;
  /** Those of the links of a chain. */
  errors?: unknown[];
  cause?: unknown;
}

/**
 * A credential's failure: not signed in, unless the sign-in service could not be reached, or could not answer (429, 5xx).
 * Those two say nothing about who is signed in.
 */
export function credentialError(cause: unknown, credential: CredentialKind): Error {
  const links = linksOf(cause);
  const link = links.find((one) => !NOT_TRIED.test(reasonOf(one))) ?? links[0];
  const reason = link === undefined ? 'no credential answered' : reasonOf(link);
  const statusCode = statusBelow(link);
  if (statusCode !== undefined && (statusCode === 429 || statusCode >= 500)) {
    const code = statusCode === 429 ? 'SIGN_IN_THROTTLED' : 'SIGN_IN_UNAVAILABLE';
    return Object.assign(new Error(`Sign-in is not available: ${reason}`, { cause }), { code, statusCode });
  }
  if (UNREACHABLE.test(reason)) {
    return Object.assign(new Error(`Sign-in could not be reached: ${reason}`, { cause }), {
      code: 'SIGN_IN_UNREACHABLE',
    });
  }
  // A claims challenge names the command that meets it.
  const command = /az login --claims-challenge \S+( --\S+ \S+)*/.exec(textOf(link))?.[0];
  return new AzureError('NOT_SIGNED_IN', `Not signed in to Azure: ${reason}`, {
    category: 'authentication',
    hint: command === undefined ? SIGN_IN_HINTS[credential] : `Sign in again with: ${command}`,
    cause,
  });
}

/** Words by which `az`, and the libraries below the credentials, say that they could not reach the sign-in service. */
const UNREACHABLE =
  /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|network_error|endpoints_resolution_error|temporarily_unavailable|Network unreachable|Max retries exceeded|Failed to establish a new connection|NameResolutionError/i;

/** What the links of the default chain say when they were not meant; the others say why sign-in failed. */
const NOT_TRIED =
  /is unavailable|not available|could not be found|not installed|not found|is not supported|fully configured|please install|Broker|run 'Connect-AzAccount'/i;

function linksOf(cause: unknown): unknown[] {
  const { errors } = (cause ?? {}) as Failure;
  const inner = Array.isArray(errors) ? errors.flatMap(linksOf) : [];
  return inner.length > 0 ? inner : [cause];
}

function textOf(link: unknown): string {
  return ((link ?? {}) as Failure).message ?? String(link);
}

/** How the library below the credentials wraps what the service says: most of it is "Not Available". */
const WRAPPED = /Error\(s\): .*? - Timestamp: .*? - Description: (.*?) - Correlation ID: .*? - Trace ID: .*$/s;

function reasonOf(link: unknown): string {
  const text = textOf(link)
    .replace(WRAPPED, '$1')
    .replace(/Authentication failed\. Message /, '')
    .replace(/\s+Trace ID: \S+\s+Correlation ID: \S+\s+Timestamp: \S+( \S+Z)?/, '');
  return oneLine(text);
}

/** The HTTP status that a failure, or what caused it, was answered with. */
function statusBelow(failure: unknown): number | undefined {
  for (let error = failure as Failure | undefined, depth = 0; error && depth < 5; depth += 1) {
    const inText = /Status code: (\d{3})\b/.exec(error.message ?? '')?.[1];
    const status = Number(error.statusCode ?? error.status ?? inText);
    if (status >= 400) return status;
    error = error.cause as Failure | undefined;
  }
  return undefined;
}
