import { expect, it } from 'vitest';
import { oneConnection } from '../support/broken-build.ts';
import { gateOnDefect } from '../support/defect-run.ts';

const suite = `
import { startAzureSim } from '@azfleet/azure-sim';
import { suite } from '@azfleet/bench';
import { SshPool } from '@azfleet/ssh-pool';
import { join } from 'node:path';

export default suite({
  about: 'a command on five machines that were asked before',
  open: (context) => ({
    comparisons: [
      async () => {
        const sim = await startAzureSim({ machines: 12, ssh: true, directory: join(context.directory, 'sim') });
        const pool = new SshPool({
          env: {},
          homeDirectory: context.directory,
          configFiles: [],
          knownHosts: { user: [join(context.directory, 'known_hosts')], system: [] },
        });
        const endpoints = sim.ssh.endpoints();
        const machines = sim.fleet.machines().filter(({ publicIps }) => endpoints.has(publicIps[0])).slice(0, 5);
        const targets = machines.map(({ publicIps, adminUsername }) => ({
          ...endpoints.get(publicIps[0]),
          user: adminUsername,
          identityFiles: [sim.ssh.privateKeyPath],
          mayAddHostKey: true,
        }));
        const whole = async () => {
          const before = sim.stats().ssh.handshakes;
          const started = performance.now();
          await Promise.all(targets.map((target) => pool.exec(target, { command: 'true' }).result));
          const seconds = (performance.now() - started) / 1000;
          return { seconds, counts: { handshakes: sim.stats().ssh.handshakes - before } };
        };
        const close = async () => {
          await pool.close();
          await sim.close();
        };
        return { name: 'warm', sides: [{ name: 'ssh-pool', whole }], close };
      },
    ],
  }),
});
`;

it("the pool's limit at 1 is caught by the handshakes that open connections save", async () => {
  const { exitCode, stdout } = await gateOnDefect(oneConnection, suite);
  expect(exitCode).toBe(1);
  expect(stdout).toMatch(/^✗ defect\/warm\/ssh-pool: handshakes 0 → 5$/m);
}, 180_000);
