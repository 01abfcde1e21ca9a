import { defineConfig } from 'vitest/config'

/** What all runs share. */
export const shared = {
  globalSetup: 'test/support/global-setup.ts',
  setupFiles: 'test/support/quiet.ts',
  maxWorkers: 2,
  // Every suite has its own database, bridge and Worker; loading wrangler anew for each would take most of the time.
  isolate: false,
  hookTimeout: 60_000,
  testTimeout: 60_000,
}

export default defineConfig({
  test: { ...shared, include: ['test/**/*.test.{ts,tsx}'], exclude: ['test/long/**'] },
})
