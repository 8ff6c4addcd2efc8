import { expect, test } from 'vitest';
import { result } from '../support/bench.ts';
import { folder } from '../support/folder.ts';

test('a suite in TypeScript runs as it is, with what it imports', async () => {
  const cwd = folder({
    'package.json': '{ "type": "module" }',
    'benchmarks/typed.bench.ts': `import { suite, type SuiteContext } from '@azfleet/bench';
      import { seconds } from './support/seconds.ts';
      interface Side { readonly name: string; whole(): Promise<{ seconds: number }> }
      const side: Side = { name: 'a', whole: async () => ({ seconds }) };
      export default suite({ about: 'typed', open: (_: SuiteContext) => ({ comparisons: [{ name: 'c', rounds: 1, sides: [side] }] }) });`,
    'benchmarks/support/seconds.ts': 'export const seconds: number = 3;',
  });
  expect((await result(cwd)).benchmarks[0]!.rounds).toEqual([3]);
});
