import { expect, it } from 'vitest';
import { noCache } from '../support/broken-build.ts';
import { gateOnDefect } from '../support/defect-run.ts';

const suite = `
import { suite } from '@azfleet/bench';
import { openSandbox } from './support/sandbox.ts';

export default suite({
  about: 'a listing that was asked for before',
  open: (context) => ({
    comparisons: [
      async () => {
        const sandbox = await openSandbox(context, { machines: 10 });
        await sandbox.run(['list']);
        const sides = [{ name: 'azfleet', whole: () => sandbox.run(['list']) }];
        return { name: 'warm', sides, close: () => sandbox.close() };
      },
    ],
  }),
});
`;

it('a cache turned off is caught by the calls that a cached listing makes', async () => {
  const { exitCode, stdout } = await gateOnDefect(noCache, suite);
  expect(exitCode).toBe(1);
  expect(stdout).toMatch(/^✗ defect\/warm\/azfleet: calls 0 → 4, misses 0 → 4, hit ratio 100 % → 0 %$/m);
}, 180_000);
