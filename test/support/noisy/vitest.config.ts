import { defineConfig } from 'vitest/config'

// Run by quiet.test.ts: a run that must fail.
export default defineConfig({
  test: { root: 'test/support', include: ['noisy/noisy.fixture.ts'], setupFiles: 'quiet.ts' },
})
