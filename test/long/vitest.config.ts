import { defineConfig } from 'vitest/config'
import { clientScriptsAsText, shared } from '../../vitest.config.ts'

// A separate run, as it takes longer than all other tests together. A browser takes seconds for every test.
export default defineConfig({
  plugins: [clientScriptsAsText],
  test: { ...shared, include: ['test/long/*.test.ts', 'test/**/*.browser.test.ts'] },
})
