import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'tests/**/*.test.ts'],
    // Most take milliseconds; a program or a browser that is started on a busy machine takes its time.
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
