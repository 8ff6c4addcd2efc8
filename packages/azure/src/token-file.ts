import { unlinkSync } from 'node:fs';
import { join } from 'node:path';

import { createPrivateDirectorySync, readCheckedTextSync, writeAtomicSync } from '@azfleet/durable-file';

import type { StoredToken, TokenStore } from './token-store.ts';

/** Access tokens of accounts in many groups reach some 10 KB. */
const MAX_BYTES = 256 * 1024;

/**
 * Keeps access tokens in files of mode 0600 in `directory` (made with mode 0700), one a key. A file that is not the user's
 * own, is a symbolic link, can be written by others or does not parse counts as absent. A directory that cannot be
 * written to costs the reuse of tokens, nothing else: no method throws.
 */
export function createTokenFiles(directory: string): TokenStore {
  return {
    read(key) {
      const read = readCheckedTextSync(tokenPath(directory, key), { maxBytes: MAX_BYTES });
      return read.ok ? parseToken(read.text, key) : undefined;
    },
    write(key, token) {
      ignoringErrors(() => {
        createPrivateDirectorySync(directory);
        writeAtomicSync(tokenPath(directory, key), JSON.stringify({ key, ...token }), { mode: 0o600, fsync: false });
      });
    },
    remove(key) {
      ignoringErrors(() => unlinkSync(tokenPath(directory, key)));
    },
  };
}

/** The key is hashed, as it holds what may not be in a file name; `node:crypto` is loaded here and not with the module. */
function tokenPath(directory: string, key: string): string {
  const { createHash } = process.getBuiltinModule('node:crypto');
  return join(directory, `token-${createHash('sha256').update(key).digest('hex').slice(0, 32)}.json`);
}

function parseToken(text: string, key: string): StoredToken | undefined {
  try {
    const found = JSON.parse(text) as Partial<StoredToken & { key: string }> | null;
    const { token, expiresAt, account, tenant } = found ?? {};
    const isWhole =
      typeof token === 'string' &&
      typeof expiresAt === 'number' &&
      typeof account === 'string' &&
      typeof tenant === 'string';
    return isWhole && found?.key === key ? { token, expiresAt, account, tenant } : undefined;
  } catch {
    return undefined;
  }
}

function ignoringErrors(action: () => void): void {
  try {
    action();
  } catch {
    // Without the file the next process asks `az` again.
  }
}
