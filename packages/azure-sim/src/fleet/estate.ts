/** One subscription's part of the fleet: where its machines go, and what tells them from another subscription's. */
export interface Estate {
  readonly seed: number;
  readonly subscriptionId: string;
  /** `''` for the first subscription, then `stg-`, `dev-`, …: a name is unique in the generated fleet. */
  readonly namePrefix: string;
  readonly environment: string;
  /** The number of the first machine's addresses: no two machines of the fleet share one. */
  readonly firstAddress: number;
}
