import type { ViteUserConfig } from 'vitest/config';

/** What every package's tests share: a forked process each, enforced coverage, and a result file for the summary. */
export const shared: ViteUserConfig = {
  test: {
    include: ['test/**/*.test.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    reporters: ['dot', ['json', { outputFile: 'test-results.json' }]],
    coverage: {
      enabled: true,
      provider: 'v8',
      include: ['src/**/*.ts'],
      reporter: ['text-summary', 'json-summary'],
      thresholds: { lines: 90, branches: 85 },
    },
  },
};
