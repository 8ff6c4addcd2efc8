import { expect, it } from 'vitest';
import { environmentDifferences } from '../../src/compare/environment.ts';
import type { Environment } from '../../src/result/result.ts';

const environment: Environment = {
  node: 'v24.1.0',
  platform: 'linux',
  arch: 'x64',
  cpu: 'AMD EPYC 7763',
  cpus: 2,
  memory_mb: 7936,
  versions: { azfleet: '1.2.0', 'p-queue': '9.0.0' },
};

it('has nothing to say about the same conditions', () => {
  // 64 MB more or less are the same machine.
  expect(environmentDifferences(environment, { ...environment, memory_mb: 8000 })).toEqual([]);
});

it('names what is another, what is new and what is gone', () => {
  const now = { ...environment, node: 'v24.2.0', cpus: 4, versions: { azfleet: '1.3.0', lmdb: '3.4.0' } };
  expect(environmentDifferences(environment, now)).toEqual([
    { what: 'node', base: 'v24.1.0', new: 'v24.2.0' },
    { what: 'cpus', base: '2', new: '4' },
    { what: 'azfleet', base: '1.2.0', new: '1.3.0' },
    { what: 'p-queue', base: '9.0.0', new: null },
    { what: 'lmdb', base: null, new: '3.4.0' },
  ]);
});
