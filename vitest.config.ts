import { readFile } from 'node:fs/promises'
import { defineConfig } from 'vitest/config'

/** What all runs share. */
export const shared = {
  globalSetup: 'test/support/global-setup.ts',
  setupFiles: ['test/support/quiet.ts', 'test/support/conformance.ts'],
  maxWorkers: 2,
  // Every suite has its own database, bridge and Worker; loading wrangler anew for each would take most of the time.
  isolate: false,
  hookTimeout: 60_000,
  testTimeout: 60_000,
}

/** As wrangler.toml has it: what runs in the browser is imported as text. */
export const clientScriptsAsText = {
  name: 'client-scripts-as-text',
  enforce: 'pre' as const,
  async load(id: string) {
    if (id.endsWith('.client.js')) return `export default ${JSON.stringify(await readFile(id, 'utf8'))}`
  },
}

export default defineConfig({
  plugins: [clientScriptsAsText],
  test: {
    ...shared,
    include: ['test/**/*.test.{ts,tsx}'],
    exclude: ['test/long/**', 'test/**/*.browser.test.ts'],
  },
})
