import { shorten } from './one-line.ts';

/** A line of a terminal or two, with the hint that follows. */
const MAX_LENGTH = 160;

/** Azure's sentence: `The client 'C' with object id 'O' does not have authorization to perform action 'A' over scope 'S' …`. */
const NO_AUTHORIZATION =
  /^The client '([^']+)' .*?does not have authorization to perform action '([^']+)' over scope '([^']+)'/;

const SCOPE = /^\/subscriptions\/([^/]+)(?:\/resourceGroups\/([^/]+))?/i;

/** Who may not do what on which scope, where Azure says so; otherwise the beginning of what it says. */
export function forbiddenMessage(message: string): string {
  const [, client, action, scope] = NO_AUTHORIZATION.exec(message) ?? [];
  if (client === undefined || action === undefined || scope === undefined) return shorten(message, MAX_LENGTH);
  const what = `may not do ${action} on ${placeOf(scope)}`;
  const line = `${client} ${what}`;
  return shorten(line.length <= MAX_LENGTH ? line : `The account ${what}`, MAX_LENGTH);
}

function placeOf(scope: string): string {
  const [, subscription, resourceGroup] = SCOPE.exec(scope) ?? [];
  if (resourceGroup !== undefined) return `resource group ${resourceGroup}`;
  return subscription === undefined ? scope : `subscription ${subscription}`;
}
