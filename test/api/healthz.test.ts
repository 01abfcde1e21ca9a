import { afterAll, describe, expect, it } from 'vitest'
import { startBridge } from '../../scripts/local/bridge.ts'
import { asApp } from '../../scripts/migrate.ts'
import { createHealthCheck } from '../../src/clinic/health/check.ts'
import { openClinic, openWorker, takeLines } from '../support/clinic.ts'
import { atOnce } from '../support/concurrency.ts'

const release = 'a1b2'.repeat(10)
const clinic = await openClinic({ vars: { RELEASE: release } })
const read = async (origin: string, query = '') => {
  const answer = await fetch(`${origin}/healthz${query}`)
  return { status: answer.status, body: await answer.json() }
}

it('names neither the release nor the environment, but confirms both to someone who knows them', async () => {
  expect(await read(clinic.origin)).toEqual({ status: 200, body: { status: 'ok' } })
  const asked = async (fields: Record<string, string>) =>
    (await read(clinic.origin, `?${new URLSearchParams(fields)}`)).body
  expect(await asked({ environment: 'local', release })).toEqual({ status: 'ok', is_this_release: true })
  for (const fields of [
    { environment: 'production', release },
    { environment: 'local', release: release.slice(0, 12) },
    { environment: 'local', release: '' },
  ])
    expect(await asked(fields)).toEqual({ status: 'ok', is_this_release: false })
  expect(await asked({ environment: 'local' })).toEqual({ status: 'ok' })
})

describe('a monitor that asks deeply', () => {
  const overdue = async (minutes: number) => {
    await clinic.sql.query('delete from messages')
    await clinic.sql.query(
      `insert into messages (kind, cause, recipient, due_at, try_at, created_at)
       select 'booked', n::text, 'account:1', late, now(), late
       from generate_series(1, 2) n, (select now() - $1 * interval '1 minute' as late) due`,
      [minutes],
    )
    // The last result is shared for a second.
    await new Promise((resolve) => setTimeout(resolve, 1_000))
  }
  afterAll(() => clinic.sql.query('delete from messages'))

  it('hears of messages that are five minutes late, and others do not', async () => {
    await overdue(6)
    expect(await read(clinic.origin, '?deep')).toEqual({
      status: 503,
      body: { status: 'messages are overdue', overdue: 2 },
    })
    expect(await read(clinic.origin)).toEqual({ status: 200, body: { status: 'ok' } })
    await overdue(4)
    expect(await read(clinic.origin, '?deep')).toEqual({ status: 200, body: { status: 'ok' } })
  })

  it('shares one trip a second, too', async () => {
    clinic.takeTrips()
    await atOnce(50, () => read(clinic.origin, '?deep'))
    expect(clinic.takeTrips().length).toBeLessThanOrEqual(3)
  })
})

it('400 at once cost one trip a second', async () => {
  clinic.takeTrips()
  const begun = performance.now()
  const answers = await atOnce(400, () => read(clinic.origin))
  const seconds = (performance.now() - begun) / 1_000
  expect(answers.filter(({ body }) => body.status !== 'ok')).toEqual([])
  expect(clinic.takeTrips().length).toBeLessThanOrEqual(Math.ceil(seconds) + 1)
})

describe('an isolate that may make one trip at a time', async () => {
  let arrived = () => {}
  const bridge = await startBridge({ onTrip: () => arrived() })
  const worker = openWorker({
    DATABASE_URL: asApp(clinic.databaseUrl),
    NEON_BRIDGE_URL: bridge.url,
    RESEND_URL: bridge.url,
    DATABASE_MOST_TRIPS: '1',
  })
  const { origin } = (await worker.listen()).url
  afterAll(async () => {
    await worker.close()
    await bridge.stop()
  })

  it('is busy, not down, while another request makes it', async () => {
    const blocker = await clinic.sql.connect()
    await blocker.query('begin; lock table locations in access exclusive mode')
    const tripArrived = new Promise<void>((resolve) => {
      arrived = resolve
    })
    const waiting = fetch(`${origin}/api/v1/locations`)
    await tripArrived
    expect(await read(origin)).toEqual({ status: 200, body: { status: 'busy' } })
    await blocker.query('rollback')
    blocker.release()
    expect((await waiting).status).toBe(200)
    expect(takeLines(worker)).toContainEqual(expect.objectContaining({ message: 'turned away', why: 'busy' }))
  })
})

describe('the shared check', () => {
  let clock = 0
  let checks: PromiseWithResolvers<void>[] = []
  const open = () => {
    clock = 1_000_000
    checks = []
    return createHealthCheck({
      now: () => clock,
      onFailure: () => {},
      check() {
        const pending = Promise.withResolvers<void>()
        checks.push(pending)
        return pending.promise
      },
    })
  }
  const keep = () => {}

  it('is made again a second after it ended', async () => {
    const ask = open()
    const [first, second] = [ask(keep), ask(keep)]
    expect(checks).toHaveLength(1)
    checks[0]?.reject(new Error('no answer'))
    expect(await Promise.all([first, second])).toEqual(Array(2).fill('the database does not answer'))
    clock += 999
    expect(await ask(keep)).toBe('the database does not answer')
    clock += 1
    const third = ask(keep)
    checks[1]?.resolve()
    expect([await third, checks.length]).toEqual(['ok', 2])
  })

  it('does not wait for one that was cancelled', async () => {
    const ask = open()
    void ask(keep)
    clock += 15_000
    const next = ask(keep)
    checks[1]?.resolve()
    expect(await next).toBe('ok')
  })
})
