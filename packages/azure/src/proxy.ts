import type { AzureConnection } from './connection.ts';
import { AzureError } from './errors.ts';

type Env = AzureConnection['env'];

/** Where the SDK looks for a proxy, in its order; of each the spelling in capitals first. */
const PROXY_VARIABLES = ['HTTPS_PROXY', 'ALL_PROXY', 'HTTP_PROXY'].flatMap((name) => [name, name.toLowerCase()]);

/**
 * The SDK says "Invalid URL" of a value it cannot read, and takes any scheme for http. The value is not repeated: it may
 * hold a password.
 *
 * @throws AzureError `PROXY_INVALID`
 */
export function checkProxy(env: Env): void {
  const name = PROXY_VARIABLES.find((variable) => env[variable]);
  if (name === undefined) return;
  const value = env[name] ?? '';
  if (URL.canParse(value) && ['http:', 'https:'].includes(new URL(value).protocol)) return;
  throw new AzureError('PROXY_INVALID', `${name} is not the URL of a proxy`, {
    category: 'configuration',
    hint: `Set ${name} to http://HOST:PORT or https://HOST:PORT, or unset it.`,
  });
}

/** True when `NO_PROXY` has a `*`: no host is asked through a proxy. The SDK knows host names and suffixes only. */
export function bypassesProxy(env: Env): boolean {
  const hosts = env['NO_PROXY'] || env['no_proxy'] || '';
  return hosts.split(',').some((host) => host.trim() === '*');
}
