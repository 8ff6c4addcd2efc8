import { randomBytes } from 'node:crypto';
import { unknownSubscription } from '../errors.ts';
import { Random } from '../random.ts';

export interface SimTenant {
  readonly id: string;
  readonly name: string;
}

export interface SimSubscription {
  readonly id: string;
  readonly name: string;
  readonly tenantId: string;
}

/** Someone who can sign in: a managed identity of that client id, and a service principal with that secret. */
export interface SimAccount {
  readonly clientId: string;
  /** Random, of this run only. */
  readonly clientSecret: string;
  readonly tenantId: string;
}

export type OneOrMore<T> = readonly [T, ...T[]];

const subscriptionNames = ['Production', 'Staging', 'Development', 'Sandbox'];

/** Who there is: tenants, an account in each, and the subscriptions, dealt out to the tenants in turn. */
export class Tenancy {
  readonly tenants: OneOrMore<SimTenant>;
  readonly subscriptions: OneOrMore<SimSubscription>;
  readonly accounts: OneOrMore<SimAccount>;

  constructor(options: { seed: number; tenants: number; subscriptions: number }) {
    const random = new Random(options.seed, 'tenancy');
    this.tenants = times(options.tenants, (index) => ({ id: random.uuid(), name: `Contoso ${index + 1}` }));
    this.accounts = times(options.tenants, (index) => ({
      clientId: random.uuid(),
      clientSecret: randomBytes(24).toString('base64url'),
      tenantId: this.#tenant(index).id,
    }));
    this.subscriptions = times(options.subscriptions, (index) => ({
      id: random.uuid(),
      name: subscriptionNames[index] ?? `Subscription ${index + 1}`,
      tenantId: this.#tenant(index).id,
    }));
  }

  subscription(id: string): SimSubscription | undefined {
    return this.subscriptions.find((subscription) => subscription.id === id.toLowerCase());
  }

  /** @throws AzureSimError `UNKNOWN_SUBSCRIPTION` */
  existing(id: string): SimSubscription {
    const subscription = this.subscription(id);
    if (subscription !== undefined) return subscription;
    throw unknownSubscription(
      id,
      this.subscriptions.map((each) => each.id),
    );
  }

  account(clientId: string): SimAccount | undefined {
    return this.accounts.find((account) => account.clientId === clientId.toLowerCase());
  }

  /** The tenant of a client id: any id that is no account's is one more identity of the first tenant. */
  tenantOf(clientId: string): SimTenant {
    const index = this.accounts.findIndex((account) => account.clientId === clientId.toLowerCase());
    return this.#tenant(Math.max(0, index));
  }

  #tenant(index: number): SimTenant {
    return this.tenants[index % this.tenants.length] ?? this.tenants[0];
  }
}

function times<T>(count: number, make: (index: number) => T): OneOrMore<T> {
  return [make(0), ...Array.from({ length: count - 1 }, (_, index) => make(index + 1))];
}
