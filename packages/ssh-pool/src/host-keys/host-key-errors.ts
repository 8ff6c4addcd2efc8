import { SshPoolError } from '../errors.ts';
import { type HostKey, fingerprintOf } from './host-key.ts';
import type { KnownKey } from './known-hosts-file.ts';

export function hostKeyChanged(
  target: string,
  presented: HostKey,
  known: readonly [KnownKey, ...KnownKey[]],
  byAddress: boolean,
): SshPoolError {
  // The line that stands for the same kind of key, if there is one.
  const [first] = known;
  const shown = known.find(({ type }) => type === presented.type) ?? first;
  const removeCommand = removeCommandOf(shown);
  const remedy =
    removeCommand === undefined
      ? `remove line ${shown.line} of ${shown.file}`
      : `remove the known key: ${removeCommand}`;
  const reason = byAddress ? 'Addresses are given to new machines. If this is one' : 'If that is expected';
  return new SshPoolError(
    'SSH_HOST_KEY_CHANGED',
    `${target}: the host key is not the known one: ${shown.file}:${shown.line} has ${fingerprintOf(shown.key)} ` +
      `(${shown.type}) for ${shown.name}, the machine presented ${presented.fingerprint} (${presented.type}).`,
    {
      target,
      hint: `${reason}, ${remedy}. If not, somebody may be listening in.`,
      hostKey: {
        presented: presented.fingerprint,
        presentedType: presented.type,
        known: known.map(({ key }) => fingerprintOf(key)),
        file: shown.file,
        line: shown.line,
        ...(removeCommand === undefined ? {} : { removeCommand }),
      },
    },
  );
}

export function hostKeyRevoked(target: string, presented: HostKey, by: KnownKey): SshPoolError {
  return new SshPoolError(
    'SSH_HOST_KEY_REVOKED',
    `${target}: presented the key ${presented.fingerprint}, which ${by.file}:${by.line} marks as revoked.`,
    {
      target,
      hostKey: {
        presented: presented.fingerprint,
        presentedType: presented.type,
        known: [],
        file: by.file,
        line: by.line,
      },
    },
  );
}

export function hostKeyUnknown(target: string, presented: HostKey, why: string, hint: string): SshPoolError {
  return new SshPoolError(
    'SSH_HOST_KEY_UNKNOWN',
    `${target}: the host key ${presented.fingerprint} (${presented.type}) is not known, and ${why}.`,
    {
      target,
      hint,
      hostKey: { presented: presented.fingerprint, presentedType: presented.type, known: [] },
    },
  );
}

/** `ssh-keygen -R` removes lines by the name in them; what only a pattern covers, it cannot find. */
function removeCommandOf({ literal, name, file }: KnownKey): string | undefined {
  return literal ? `ssh-keygen -R ${quoted(name)} -f ${quoted(file)}` : undefined;
}

function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
