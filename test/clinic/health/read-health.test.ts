import { readdirSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { bookAppointment } from '../../../src/clinic/appointments/book.ts'
import { Forbidden } from '../../../src/clinic/errors.ts'
import { countFailures } from '../../../src/clinic/health/count-failures.ts'
import { readHealth } from '../../../src/clinic/health/read-health.ts'
import { openClinic } from '../../support/clinic.ts'
import { hireDoctor, registerPatient } from '../../support/people.ts'

const clinic = await openClinic({ worker: false })
const { sql } = clinic
const now = new Date('2026-11-23T03:17:00Z')
const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000)
const system = clinic.context({ actor: { kind: 'system' } })
const admin = clinic.context({ actor: { kind: 'admin', accountId: 0 }, now })
let [doctor, other] = [0, 0]

beforeAll(async () => {
  doctor = await hireDoctor(sql)
  other = await hireDoctor(sql)
  await sql.query(`update doctors set name = 'Dr. Other' where id = $1`, [other])
})

describe('failures and successes', () => {
  beforeAll(async () => {
    const taken = { door: 'web', code: 'slot_taken' } as const
    await countFailures(system, [
      { ...taken, at: minutesAgo(3), doctorId: doctor },
      { ...taken, at: minutesAgo(10), door: 'api', doctorId: doctor },
      { ...taken, at: minutesAgo(50), doctorId: other },
      { ...taken, at: minutesAgo(90), code: 'unavailable' },
      { ...taken, at: minutesAgo(90), code: 'day_full', doctorId: doctor },
      { ...taken, at: minutesAgo(23 * 60), code: 'day_full', doctorId: doctor },
      { ...taken, at: minutesAgo(25 * 60), code: 'stale', doctorId: doctor },
    ])
    const patient = await registerPatient(sql)
    const key = { kind: 'admin', accountId: 0 } as const
    const book = (minutes: number, hour: number, actor: typeof admin.actor) =>
      bookAppointment(clinic.context({ now: minutesAgo(minutes), actor }), {
        doctorId: doctor,
        patientId: patient,
        startAt: `2030-01-07T${hour}:00Z`,
        endAt: `2030-01-07T${hour}:30Z`,
      })
    await book(1, 10, key)
    await book(59, 11, { kind: 'api_client', keyId: 0, scopes: ['appointments:write'], actsFor: key })
    await book(63, 12, key)
    await book(25 * 60, 13, key)
  })

  it('are counted over the last hour and day, by code, door and doctor', async () => {
    const { rates } = await readHealth(admin)
    expect(rates).toMatchObject({
      done: [
        { door: 'api', lastHour: 1, lastDay: 1 },
        { door: 'web', lastHour: 1, lastDay: 2 },
      ],
      failedByDoor: [
        { door: 'api', lastHour: 1, lastDay: 1 },
        { door: 'web', lastHour: 2, lastDay: 5 },
      ],
      byCode: [
        { code: 'slot_taken', lastHour: 3, lastDay: 3 },
        { code: 'day_full', lastHour: 0, lastDay: 2 },
        { code: 'unavailable', lastHour: 0, lastDay: 1 },
      ],
      byDoctor: [
        { doctorId: doctor, name: 'Dr. Strange', lastHour: 2, lastDay: 4 },
        { doctorId: other, name: 'Dr. Other', lastHour: 1, lastDay: 1 },
        { doctorId: null, name: null, lastHour: 0, lastDay: 1 },
      ],
    })
  })

  it('are counted by the hour', async () => {
    const { rates } = await readHealth(admin)
    expect(rates.byHour).toHaveLength(24)
    expect(rates.byHour[0]).toEqual({ at: new Date('2026-11-22T04:00Z'), failures: 1 })
    expect(rates.byHour.slice(-3)).toEqual([
      { at: new Date('2026-11-23T01:00Z'), failures: 2 },
      { at: new Date('2026-11-23T02:00Z'), failures: 1 },
      { at: new Date('2026-11-23T03:00Z'), failures: 2 },
    ])
  })
})

it('takes two trips', async () => {
  clinic.takeTrips()
  await readHealth(admin)
  expect(clinic.takeTrips()).toHaveLength(2)
})

it('names the last migration and the one this release expects', async () => {
  const names = readdirSync('migrations').filter((name) => name.endsWith('.sql'))
  const [last, before] = names.toReversed().map((name) => name.replace('.sql', ''))
  expect((await readHealth(admin)).migration).toEqual({ last, expected: last })
  const { rows } = await sql.query(
    `delete from drizzle.__drizzle_migrations where created_at = (select max(created_at) from drizzle.__drizzle_migrations)
     returning hash, created_at`,
  )
  expect((await readHealth(admin)).migration).toEqual({ last: before, expected: last })
  await sql.query('insert into drizzle.__drizzle_migrations (hash, created_at) values ($1, $2)', [
    rows[0].hash,
    rows[0].created_at,
  ])
})

it('names the versions of PostgreSQL and its time-zone data', async () => {
  const { postgres, tzdata } = await readHealth(admin)
  expect(postgres).toMatch(/^\d+\.\d+$/)
  expect(tzdata).toMatch(/^20\d\d[a-z]$/)
})

it('lists tables and indexes with their size, largest first', async () => {
  await sql.query('vacuum analyze doctors')
  const { tables, indexes } = await readHealth(admin)
  expect(tables.find(({ name }) => name === 'doctors')).toMatchObject({
    rows: 2,
    bytes: expect.any(Number),
    indexBytes: expect.any(Number),
  })
  const weights = tables.map(({ bytes, indexBytes }) => bytes + indexBytes)
  expect(weights).toEqual(weights.toSorted((one, other) => other - one))
  expect(indexes.find(({ name }) => name === 'events_by_time')).toMatchObject({ table: 'events' })
})

it('calls an unread index unused, but never one that enforces a constraint', async () => {
  await sql.query('create index idle on doctors (grid_minutes)')
  await sql.query('select pg_stat_reset()')
  const { indexes, watchedSince } = await readHealth(admin)
  const unused = indexes.filter(({ isUnused }) => isUnused).map(({ name }) => name)
  expect(unused).toContain('idle')
  for (const needed of ['doctors_pkey', 'claims_never_twice', 'events_numbered_once'])
    expect([needed, unused.includes(needed)]).toEqual([needed, false])
  expect(watchedSince).toBeInstanceOf(Date)
})

describe('the slowest statements', () => {
  it('are unknown without the extension', async () => {
    expect((await readHealth(admin)).slowest).toEqual({ known: false, why: 'not_installed' })
  })

  it('are the Worker’s own, with their cost', async () => {
    await sql.query('create extension pg_stat_statements')
    await sql.query('select 4711 as of_the_owner')
    await admin.db.execute('select pg_sleep(0.01) as of_the_worker')
    const { slowest } = await readHealth(admin)
    if (!slowest.known) throw new Error(slowest.why)
    const texts = slowest.statements.map(({ text }) => text)
    expect(texts.join()).not.toMatch(/of_the_owner|insufficient privilege/)
    const [text] = texts.filter((text) => text.includes('of_the_worker'))
    expect(text).toBe('select pg_sleep($1) as of_the_worker')
    expect(slowest.statements.find((statement) => statement.text === text)).toEqual({
      text,
      calls: 1,
      meanMs: expect.any(Number),
      longestMs: expect.any(Number),
      totalMs: expect.any(Number),
    })
  })

  it('are unknown when not permitted or not loaded', async () => {
    await sql.query('revoke select on pg_stat_statements from public')
    expect((await readHealth(admin)).slowest).toEqual({ known: false, why: 'not_permitted' })
    // Behaves like the view on a server that did not preload the extension.
    await sql.query('drop extension pg_stat_statements')
    await sql.query(`
      create function not_loaded() returns oid language plpgsql as
        $$ begin raise 'must be loaded' using errcode = '55000'; end $$;
      create view pg_stat_statements as select
        '' as query, 0 as calls, 0 as mean_exec_time, 0 as max_exec_time, 0 as total_exec_time,
        not_loaded() as userid, not_loaded() as dbid;
      grant select on pg_stat_statements to public`)
    expect((await readHealth(admin)).slowest).toEqual({ known: false, why: 'not_loaded' })
  })
})

it('only admins may read it', async () => {
  await expect(readHealth(clinic.context())).rejects.toThrow(Forbidden)
})
