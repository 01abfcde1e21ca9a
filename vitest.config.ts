import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    globalSetup: 'test/support/global-setup.ts',
    setupFiles: 'test/support/quiet.ts',
    maxWorkers: 2,
    hookTimeout: 60_000,
    testTimeout: 60_000,
  },
})
