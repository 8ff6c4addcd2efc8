import { SshPoolError, isOutOfDescriptors, systemCode } from '../errors.ts';
import { FileCache } from '../file-cache.ts';
import { type KnownHostsLine, isAbout, parseKnownHostsLine } from './known-hosts-line.ts';

/** A key that some file knows. */
export interface KnownKey {
  readonly type: string;
  readonly key: string;
  readonly marker: KnownHostsLine['marker'];
  readonly file: string;
  readonly line: number;
  /** The name under which it was found. */
  readonly name: string;
  /** Whether the name itself is in the line (plain or hashed), and not only a pattern that fits it. */
  readonly literal: boolean;
}

/** known_hosts files, read again when they change. */
export class KnownHostsFiles {
  readonly #cache = new FileCache((text) => new KnownHosts(text));

  /**
   * The keys that a file has for a name, in their order.
   *
   * @throws {@link SshPoolError} `SSH_CONFIG_INVALID` for a file that is there and cannot be read: what it would have
   * said (revoked keys, the right key) must not be skipped.
   */
  lookUp(file: string, name: string): KnownKey[] {
    const lines = this.#read(file)?.about(name.toLowerCase()) ?? [];
    return lines.map(({ type, key, marker, line, names }) => {
      return { type, key, marker, file, line, name, literal: names.kind !== 'patterns' };
    });
  }

  #read(file: string): KnownHosts | undefined {
    try {
      return this.#cache.read(file);
    } catch (error) {
      if (isOutOfDescriptors(error)) throw error;
      throw new SshPoolError('SSH_CONFIG_INVALID', `${file} cannot be read: ${systemCode(error) ?? String(error)}.`, {
        hint: 'Make it a file that you can read, or move it away.',
        cause: error,
      });
    }
  }
}

/** A file by name. Plain names, nearly always all of them, are found at once; patterns and hashes are gone through. */
class KnownHosts {
  readonly #byName = new Map<string, KnownHostsLine[]>();
  readonly #others: KnownHostsLine[] = [];

  constructor(text: string) {
    for (const [index, raw] of text.split('\n').entries()) {
      const line = parseKnownHostsLine(raw, index + 1);
      if (line === undefined) continue;
      if (line.names.kind === 'plain') for (const name of line.names.names) this.#add(name, line);
      else this.#others.push(line);
    }
  }

  about(name: string): KnownHostsLine[] {
    const others = this.#others.filter((line) => isAbout(line.names, name));
    return [...(this.#byName.get(name) ?? []), ...others].toSorted((a, b) => a.line - b.line);
  }

  #add(name: string, line: KnownHostsLine): void {
    const lines = this.#byName.get(name);
    if (lines === undefined) this.#byName.set(name, [line]);
    else lines.push(line);
  }
}
