import { defineConfig, mergeConfig } from 'vitest/config';
import { shared } from '../../vitest.shared.ts';

export default mergeConfig(
  defineConfig(shared),
  defineConfig({
    test: {
      coverage: {
        // These are the process itself: tests run them as one (process-ends.test.ts), where nothing is counted.
        exclude: ['src/main.ts', 'src/process-io.ts', 'src/ask-secret.ts'],
      },
    },
  }),
);
