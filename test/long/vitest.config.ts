import { defineConfig } from 'vitest/config'
import { shared } from '../../vitest.config.ts'

// A run of its own: it takes longer than all other tests together.
export default defineConfig({ test: { ...shared, include: ['test/long/*.test.ts'] } })
