import { afterAll, expect, it } from 'vitest'
import { createFailureReporter } from '../../src/observability/failures.ts'
import { observability } from '../../src/observability/settings.ts'
import { traced } from '../../src/observability/trace.ts'
import { takeErrors } from '../support/quiet.ts'
import { openSentry } from '../support/sentry.ts'

const sentry = await openSentry()
const before = { ...observability }
observability.sentryDsn = sentry.dsn
afterAll(() => {
  Object.assign(observability, before)
})

let now = Date.parse('2030-01-07T09:00:00Z')
const report = createFailureReporter(() => now)

/** Causes failures now, and returns how many Sentry received. */
async function fail(many: number): Promise<number> {
  const background: Promise<unknown>[] = []
  const trace = {
    requestId: 'a',
    door: 'api',
    spent: { trips: 0, tripMs: 0 },
    isRepeatable: false,
    about: () => ({ route: '/doctors' }),
    waitUntil: (work: Promise<unknown>) => background.push(work),
  } as const
  traced(trace, () => {
    for (let n = 0; n < many; n++) report(new Error('Broken'))
  })
  await Promise.all(background)
  return sentry.takeItems().length
}

it('sends Sentry at most 30 failures a minute, and logs them all', async () => {
  expect(await fail(29)).toBe(29)
  now += 59_999
  expect(await fail(3)).toBe(1)
  expect(takeErrors()).toHaveLength(32)
  now += 1
  expect(await fail(31)).toBe(30)
  expect(takeErrors()).toHaveLength(31)
})
