import { sql as query } from 'drizzle-orm'
import { afterAll, describe, expect, it } from 'vitest'
import { startBridge } from '../../scripts/local/bridge.ts'
import { asApp } from '../../scripts/migrate.ts'
import { connect } from '../../src/database/connect.ts'
import { openClinic, openWorker, takeLines } from '../support/clinic.ts'

const { sql, databaseUrl } = await openClinic({ worker: false })
const bridge = await startBridge()
afterAll(() => bridge.stop())
const open = (DATABASE_TIME_LIMIT_MS: number) =>
  connect({ DATABASE_URL: asApp(databaseUrl), NEON_BRIDGE_URL: bridge.url, DATABASE_TIME_LIMIT_MS })

/** The number of sessions of the Worker's role that run a statement. */
const working = async () => {
  const { rows } = await sql.query(
    "select count(*)::int as many from pg_stat_activity where datname = current_database() and usename = 'alobooking_app' and state <> 'idle'",
  )
  return rows[0].many
}

describe('a trip that is abandoned', () => {
  it('takes its statement with it, well before the role’s own limit', async () => {
    const begun = performance.now()
    await expect(open(200).execute(query`select pg_sleep(60)`)).rejects.toThrow()
    await expect.poll(working, { interval: 20, timeout: 10_000 }).toBe(0)
    expect(performance.now() - begun).toBeLessThan(2_900)
  })

  it('changes nothing, not even what came before in its batch', async () => {
    const db = open(200)
    const note = () =>
      db.execute(query`insert into verifications (identifier, value, expires_at) values ('a', 'b', now())`)
    await expect(db.batch([note(), db.execute(query`select pg_sleep(60)`), note()])).rejects.toThrow()
    await expect.poll(working, { interval: 20, timeout: 10_000 }).toBe(0)
    expect((await sql.query('select from verifications')).rowCount).toBe(0)
  })
})

describe('the Worker’s database role', () => {
  it('has time limits of its own, a little above the Worker’s', async () => {
    const { rows } = await open(10_000).execute(query`
      select current_setting('statement_timeout') as statement,
        current_setting('idle_in_transaction_session_timeout') as idle`)
    expect(rows).toEqual([{ statement: '3s', idle: '5s' }])
  })
})

describe('a statement that PostgreSQL ends', async () => {
  const hasty = await startBridge({ settings: { statement_timeout: '100ms' } })
  const worker = openWorker({
    DATABASE_URL: asApp(databaseUrl),
    NEON_BRIDGE_URL: hasty.url,
    RESEND_URL: hasty.url,
  })
  const { origin } = (await worker.listen()).url
  afterAll(async () => {
    await worker.close()
    await hasty.stop()
  })
  const read = (path: string) => fetch(`${origin}/api/v1${path}`)

  it('is answered as “not now”, and does not make the database count as away', async () => {
    const blocker = await sql.connect()
    await blocker.query('begin; lock table visit_types in access exclusive mode')
    for (let n = 0; n < 6; n++) {
      const answer = await read('/visit-types')
      expect([answer.status, answer.headers.get('Retry-After')]).toEqual([503, '5'])
      expect(await answer.json()).toMatchObject({ code: 'unavailable' })
    }
    expect((await read('/locations')).status).toBe(200)
    await blocker.query('rollback')
    blocker.release()
    const lines = takeLines(worker)
    expect(lines.filter(({ message }) => message === 'database away')).toEqual([])
    expect(lines.filter(({ trips, status }) => status === 503 && trips !== 1)).toEqual([])
    expect(lines).toContainEqual(
      expect.objectContaining({
        message: 'failure',
        causes: expect.arrayContaining([expect.objectContaining({ sqlstate: '57014' })]),
      }),
    )
  })
})
