// A process that lists once when it is told to: what the tests with several processes start.
import { once } from 'node:events';

import { accountScope, createInventory } from '@azfleet/azure';
import { Cache } from '@azfleet/cache';

const { directory, policies, subscription, ...rest } = JSON.parse(process.argv[2]);
const connection = { ...rest.connection, env: process.env };
const cache = new Cache({ directory });
const store = {
  namespace: (kind, id) =>
    cache.namespace({
      kind,
      scope: [...accountScope(connection, undefined), ...(id === undefined ? [] : [id])],
      policy: policies[kind],
    }),
};
const inventory = createInventory({ connection, store, ...rest.options });
process.stdout.write('ready\n');
await once(process.stdin, 'data');
process.stdin.destroy();
const { vms, azureCalls, errors, parts } = await inventory.list({ subscriptions: [subscription] });
await inventory.close();
const sources = parts.map((part) => part.source);
process.stdout.write(`${JSON.stringify({ vms: vms.length, azureCalls, errors, sources })}\n`);
