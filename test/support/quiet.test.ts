import { spawnSync } from 'node:child_process'
import { expect, it } from 'vitest'
import { assertQuiet, takeErrors } from './quiet.ts'

it('a test that writes to console.error fails', () => {
  const run = spawnSync(
    'npx',
    ['--no-install', 'vitest', 'run', '--config', 'test/support/noisy/vitest.config.ts'],
    {
      encoding: 'utf8',
    },
  )
  expect(run.status).toBe(1)
  expect(run.stdout + run.stderr).toContain('Unexpectedly written to console.error:\nthe printer is on fire')
})

it('a test may expect an error', () => {
  console.error('the printer is on fire')
  expect(takeErrors()).toEqual(['the printer is on fire'])
  expect(assertQuiet).not.toThrow()
})
