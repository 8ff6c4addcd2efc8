import type { SimSubscription } from './tenancy.ts';
import type { Principal } from './tokens.ts';

/** Who is refused what. */
export interface DenyOptions {
  /**
   * Only this client id is refused.
   * @default everybody
   */
  clientId?: string;
  /**
   * Resource groups that may still be read, as with a role on the group alone.
   * @default []
   */
  exceptResourceGroups?: readonly string[];
}

interface Denial {
  readonly subscriptionId: string;
  readonly clientId: string | undefined;
  readonly groups: ReadonlySet<string>;
}

/** Role assignments, as far as they are simulated: everybody may read everything that is not denied. */
export class Access {
  readonly #denials = new Set<Denial>();

  deny(subscriptionId: string, options: DenyOptions = {}): () => void {
    const groups = new Set((options.exceptResourceGroups ?? []).map((group) => group.toLowerCase()));
    const denial = { subscriptionId, clientId: options.clientId?.toLowerCase(), groups };
    this.#denials.add(denial);
    return () => void this.#denials.delete(denial);
  }

  mayRead(principal: Principal, subscriptionId: string, resourceGroup?: string): boolean {
    return this.#denialsOf(principal, subscriptionId).every(({ groups }) =>
      resourceGroup === undefined ? false : groups.has(resourceGroup.toLowerCase()),
    );
  }

  /** Azure lists a subscription to whoever has a role in it somewhere. */
  maySee(principal: Principal, subscription: SimSubscription): boolean {
    return (
      principal.tenantId === subscription.tenantId &&
      this.#denialsOf(principal, subscription.id).every(({ groups }) => groups.size > 0)
    );
  }

  #denialsOf({ clientId }: Principal, id: string): Denial[] {
    return [...this.#denials].filter(
      (denial) =>
        denial.subscriptionId === id && (denial.clientId ?? clientId.toLowerCase()) === clientId.toLowerCase(),
    );
  }
}
