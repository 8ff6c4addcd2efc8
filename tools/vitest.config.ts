import { defineConfig } from 'vitest/config';
import { shared } from '../vitest.shared.ts';

export default defineConfig({
  test: { ...shared.test, include: ['test/**/*.test.mjs'], coverage: { enabled: false } },
});
