import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Settings } from '../settings/settings.ts';
import { hostKeyAliasOf, type Place } from './address.ts';

/** azfleet's own known_hosts, beside its configuration: host keys by the ids of machines. */
export function ownKnownHosts({ configFile }: Settings['paths']): string {
  return join(dirname(configFile), 'known_hosts');
}

/** Whether there is a machine, at an address from the cache, whose key is not known by its id yet but would be added. */
export function expectsNewKeys(places: readonly Place[], { ssh, paths }: Settings): boolean {
  const doubtful = places.filter(({ isFromAzure }) => !isFromAzure);
  if (doubtful.length === 0 || ssh.hostKeyPolicy === 'strict') return false;
  const known = knownAliases(ownKnownHosts(paths));
  return doubtful.some(({ machine }) => !known.has(hostKeyAliasOf(machine) ?? ''));
}

function knownAliases(file: string): Set<string> {
  try {
    return new Set(
      readFileSync(file, 'utf8')
        .split('\n')
        .map((line) => line.split(' ', 1)[0]!),
    );
  } catch {
    return new Set(); // there is none, or the pool will say what is wrong with it
  }
}
