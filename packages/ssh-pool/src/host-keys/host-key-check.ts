import type { HostKey } from './host-key.ts';
import type { KnownHostsFiles, KnownKey } from './known-hosts-file.ts';

/** A step of the search: names in files. The first step that knows any key decides. */
export interface LookUpStep {
  readonly names: readonly string[];
  readonly files: readonly string[];
}

/** Where to look for the host key of a machine. */
export interface HostKeyPlan {
  /** The alias, then the name, then the address. */
  readonly steps: readonly LookUpStep[];
  /**
   * Names without their port. A key found under them is good, for that is how ssh does it; another one there says
   * nothing, for another server may listen on another port.
   */
  readonly withoutPort: LookUpStep;
}

export type Verdict =
  | { readonly kind: 'known'; readonly step: number }
  | { readonly kind: 'revoked'; readonly by: KnownKey }
  | { readonly kind: 'changed'; readonly known: readonly [KnownKey, ...KnownKey[]]; readonly step: number }
  /** `authority`: a certificate authority vouches for this machine, which cannot be checked here. */
  | { readonly kind: 'unknown'; readonly authority: KnownKey | undefined };

/** What the known_hosts files say about one machine, read once a connection. */
export class HostKeyCheck {
  readonly #steps: readonly (readonly KnownKey[])[];
  readonly #withoutPort: readonly KnownKey[];

  constructor(plan: HostKeyPlan, files: KnownHostsFiles) {
    const find = (step: LookUpStep): KnownKey[] =>
      step.files.flatMap((file) => step.names.flatMap((name) => files.lookUp(file, name)));
    this.#steps = plan.steps.map(find);
    this.#withoutPort = find(plan.withoutPort);
  }

  /** Types of the keys that are known, for the order in which algorithms are offered. */
  knownTypes(): string[] {
    const deciding = this.#steps.map((step) => plain(step)).find((keys) => keys.length > 0);
    return (deciding ?? plain(this.#withoutPort)).map(({ type }) => type);
  }

  judge(presented: HostKey): Verdict {
    const all = [...this.#steps.flat(), ...this.#withoutPort];
    const isSame = ({ key }: KnownKey): boolean => key === presented.key;
    const by = all.find((known) => known.marker === 'revoked' && isSame(known));
    if (by !== undefined) return { kind: 'revoked', by };
    for (const [step, found] of this.#steps.entries()) {
      const [first, ...rest] = plain(found);
      if (first === undefined) continue;
      const known: [KnownKey, ...KnownKey[]] = [first, ...rest];
      return known.some(isSame) ? { kind: 'known', step } : { kind: 'changed', known, step };
    }
    if (plain(this.#withoutPort).some(isSame)) return { kind: 'known', step: this.#steps.length };
    return { kind: 'unknown', authority: all.find(({ marker }) => marker === 'cert-authority') };
  }
}

function plain(keys: readonly KnownKey[]): KnownKey[] {
  return keys.filter(({ marker }) => marker === undefined);
}
