import { defineConfig, mergeConfig } from 'vitest/config';
import { shared } from '../../vitest.shared.ts';

export default mergeConfig(
  defineConfig(shared),
  defineConfig({
    test: {
      coverage: {
        exclude: [
          // The process itself, and that of a suite: tests run them as such, where nothing is counted.
          'src/main.ts',
          'src/process-io.ts',
          'src/runner/worker.ts',
          // These need that process's own flags and hooks.
          'src/runner/peers.ts',
          'src/runner/redirect-imports.ts',
          // What runs in a browser: tested there (test/report-page). What it computes is outside of it, and counted.
          'src/report/page/**',
        ],
      },
    },
  }),
);
