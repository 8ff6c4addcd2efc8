import type { SimSubscription } from '../identity/tenancy.ts';
import type { Estate } from './estate.ts';
import { Fleet } from './fleet.ts';
import { generateMachines } from './generate.ts';
import { cycle } from './roles.ts';

const environments = [
  { environment: 'prod', namePrefix: '' },
  { environment: 'staging', namePrefix: 'stg-' },
  { environment: 'dev', namePrefix: 'dev-' },
  { environment: 'sandbox', namePrefix: 'sbx-' },
];

/** The fleet that a simulator starts with: `count` machines in each subscription. */
export function buildFleet(
  subscriptions: readonly SimSubscription[],
  seed: number,
  count: number,
  placed?: (address: string) => string,
): Fleet {
  const estates = subscriptions.map(({ id: subscriptionId }, index): Estate => {
    const { environment, namePrefix } = environments[index] ?? {
      environment: `s${index + 1}`,
      namePrefix: `s${index + 1}-`,
    };
    // Azure keeps the first four addresses of a network.
    return { seed, subscriptionId, environment, namePrefix, firstAddress: 4 + index * count };
  });
  const fleet = new Fleet(estates, placed);
  for (const estate of estates) {
    for (const machine of generateMachines(estate, count)) fleet.insert(machine);
    const [first] = fleet.machines(estate.subscriptionId);
    if (first !== undefined && count >= cycle.length) fleet.insertUnattached(first);
  }
  return fleet;
}
