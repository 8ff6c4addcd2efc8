import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { start } from './support/simulators.ts';

const script = `
  import { ComputeManagementClient } from '@azure/arm-compute';
  import { ManagedIdentityCredential } from '@azure/identity';
  const [endpoint] = process.argv.slice(1);
  const options = { endpoint, credentials: { scopes: [endpoint + '/.default'] } };
  const client = new ComputeManagementClient(new ManagedIdentityCredential(), process.env.AZURE_SUBSCRIPTION_ID, options);
  for await (const vm of client.virtualMachines.listAll()) console.log(vm.name);
`;

test('a process that has the environment and the CA lists the fleet', async () => {
  const sim = await start({ machines: 3 });
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--input-type=module', '--eval', script, sim.endpoint],
    {
      cwd: fileURLToPath(new URL('.', import.meta.url)),
      env: { PATH: process.env['PATH'], ...sim.env, NODE_EXTRA_CA_CERTS: sim.caPath },
    },
  );
  expect(stdout.trim().split('\n')).toEqual(sim.fleet.machines().map(({ name }) => name));
});

test('a process that does not trust the CA gets nothing', async () => {
  const sim = await start({ machines: 3 });
  const child = promisify(execFile)(
    process.execPath,
    [
      '--eval',
      `require('node:https').get(process.argv[1]).on('error', (error) => { console.log(error.code); })`,
      sim.endpoint,
    ],
    { env: { PATH: process.env['PATH'] } },
  );
  expect((await child).stdout.trim()).toMatch(/UNABLE_TO_VERIFY_LEAF_SIGNATURE|SELF_SIGNED_CERT_IN_CHAIN/);
  expect(sim.stats().total).toBe(0);
});
