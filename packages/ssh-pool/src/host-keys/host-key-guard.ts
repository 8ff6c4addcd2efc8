import type { SshPoolError } from '../errors.ts';
import { hostKey as hostKeyEvent } from '../events.ts';
import type { HostKeyPolicy } from '../target.ts';
import { HostKeyCheck, type HostKeyPlan } from './host-key-check.ts';
import { type HostKey, algorithmsFor, hostKeyOf } from './host-key.ts';
import { hostKeyChanged, hostKeyRevoked, hostKeyUnknown } from './host-key-errors.ts';
import type { Addition, HostKeyStore } from './host-key-store.ts';
import type { KnownHostsFiles } from './known-hosts-file.ts';

export interface HostKeyRules extends HostKeyPlan {
  readonly policy: HostKeyPolicy;
  /** Whether the address is trusted for adding a key that is not known. */
  readonly mayAdd: boolean;
  /** Where a new key is added, and under which name. */
  readonly addTo: { readonly file: string; readonly name: string } | undefined;
  /** The step that asks for the address only, where a reused address is the likely reason for another key. */
  readonly addressStep: number;
  /** The step that asks for `addTo`; undefined when no step does. */
  readonly ownStep: number | undefined;
}

/** Judges the host key of one connection, at its first hand-shake and at every later exchange of keys. */
export class HostKeyGuard {
  readonly #target: string;
  readonly #rules: HostKeyRules;
  readonly #store: HostKeyStore;
  readonly #check: HostKeyCheck;
  #accepted: HostKey | undefined;
  #addition: Addition | undefined;

  constructor(target: string, rules: HostKeyRules, files: KnownHostsFiles, store: HostKeyStore) {
    this.#target = target;
    this.#rules = rules;
    this.#store = store;
    this.#check = new HostKeyCheck(rules, files);
  }

  algorithms(): string[] {
    return algorithmsFor(this.#check.knownTypes());
  }

  /**
   * Why the key is refused; undefined when it is good so far. The machine has yet to prove that it owns the key:
   * nothing is written before {@link confirm}.
   */
  refusal(blob: Uint8Array): SshPoolError | undefined {
    const presented = hostKeyOf(blob);
    if (this.#accepted !== undefined) {
      return this.#accepted.key === presented.key ? undefined : this.#changedMidway(presented);
    }
    const refusal = this.#judge(presented);
    if (refusal === undefined) this.#accepted = presented;
    return refusal;
  }

  /** The hand-shake is through, the key is the machine's own: adds it if it is new. Gives the reason if it must not be. */
  async confirm(): Promise<SshPoolError | undefined> {
    const addition = this.#addition;
    if (addition === undefined) return undefined;
    const outcome = await this.#store.add(addition);
    if (hostKeyEvent.hasSubscribers && outcome.kind !== 'present') {
      const { file, hostKey } = addition;
      const action = outcome.kind === 'added' ? 'added' : 'not-added';
      const error = outcome.kind === 'failed' ? outcome.cause : undefined;
      const { type, fingerprint } = hostKey;
      hostKeyEvent.publish({ target: this.#target, action, file, type, fingerprint, error });
    }
    if (outcome.kind !== 'conflict') return undefined;
    const { file, name, hostKey } = addition;
    const { type, key, line } = outcome;
    const known = { type, key, marker: undefined, file, line, name, literal: true };
    return hostKeyChanged(this.#target, hostKey, [known], false);
  }

  #judge(presented: HostKey): SshPoolError | undefined {
    const { addTo, addressStep, ownStep } = this.#rules;
    const verdict = this.#check.judge(presented);
    if (verdict.kind === 'revoked') return hostKeyRevoked(this.#target, presented, verdict.by);
    if (verdict.kind === 'changed') {
      return hostKeyChanged(this.#target, presented, verdict.known, verdict.step === addressStep);
    }
    if (verdict.kind === 'unknown') return this.#judgeUnknown(presented, verdict.authority !== undefined);
    // Known by its address: from now on by its alias as well, so that it stays known when the address changes.
    if (ownStep !== undefined && verdict.step !== ownStep && this.#mayAdd()) this.#plan(addTo, presented);
    return undefined;
  }

  #judgeUnknown(presented: HostKey, hasAuthority: boolean): SshPoolError | undefined {
    const { addTo, mayAdd, policy } = this.#rules;
    const unsaved = addTo === undefined ? undefined : this.#store.unsavedKey(addTo.file, addTo.name);
    if (unsaved?.key === presented.key) return undefined;
    if (unsaved !== undefined && addTo !== undefined) {
      const known = { ...addTo, ...unsaved, marker: undefined, line: 0, literal: true };
      return hostKeyChanged(this.#target, presented, [known], false);
    }
    if (hasAuthority) {
      return hostKeyUnknown(
        this.#target,
        presented,
        'the certificate authority that known_hosts trusts for it cannot be used: host certificates are not supported',
        'Add the machine’s own host key to known_hosts, next to the @cert-authority line.',
      );
    }
    if (policy === 'strict') {
      return hostKeyUnknown(
        this.#target,
        presented,
        'strict checking adds none',
        'Add the key to known_hosts yourself, or allow new ones with the policy accept-new.',
      );
    }
    if (!mayAdd || addTo === undefined) {
      return hostKeyUnknown(
        this.#target,
        presented,
        'its address is not one that keys are accepted from',
        'Connect to it once with ssh, compare the fingerprint, and accept it there.',
      );
    }
    this.#plan(addTo, presented);
    return undefined;
  }

  #mayAdd(): boolean {
    return this.#rules.policy === 'accept-new' && this.#rules.mayAdd;
  }

  #plan(addTo: HostKeyRules['addTo'], hostKey: HostKey): void {
    if (addTo !== undefined) this.#addition = { ...addTo, hostKey };
  }

  #changedMidway(presented: HostKey): SshPoolError {
    return hostKeyUnknown(
      this.#target,
      presented,
      'it is not the one that this connection began with',
      'Do not go on: a machine does not change its key in the middle of a connection.',
    );
  }
}
