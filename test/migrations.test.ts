import { readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { generateDrizzleJson, generateMigration } from 'drizzle-kit/api'
import pg from 'pg'
import { beforeAll, describe, expect, it } from 'vitest'
import { migrateDatabase } from '../scripts/migrate.ts'
import { hashMigrations } from '../scripts/migration/files.ts'
import { runMigrations } from '../scripts/migration/run.ts'
import { bookAppointment } from '../src/clinic/appointments/book.ts'
import { findSession, findSessions } from '../src/clinic/appointments/find-sessions.ts'
import { holdSlot } from '../src/clinic/appointments/hold.ts'
import { joinSession } from '../src/clinic/appointments/join-session.ts'
import { lapseRequests } from '../src/clinic/appointments/lapse-requests.ts'
import { readBookingPage } from '../src/clinic/appointments/read-booking-page.ts'
import { searchAppointments } from '../src/clinic/appointments/search.ts'
import { searchPatients } from '../src/clinic/patients/search.ts'
import { forgetOld } from '../src/clinic/retention/forget.ts'
import { findSeries } from '../src/clinic/series/find.ts'
import { openClinic } from './support/clinic.ts'
import { findLongLocks } from './support/long-locks.ts'
import { hireDoctor, registerPatient } from './support/people.ts'

const clinic = await openClinic({ worker: false })

async function readSchema(): Promise<Record<string, unknown>> {
  const files = readdirSync('drizzle/schema')
  const tables = files.map((file) => import(/* @vite-ignore */ resolve('drizzle/schema', file)))
  return Object.assign({}, ...(await Promise.all(tables)))
}

/** Every column, constraint and index, as PostgreSQL itself describes them. */
async function describeTables(sql: pg.Pool | pg.Client): Promise<string[]> {
  const { rows } = await sql.query(`
    select format('%s.%s %s %s %s %s', c.table_name, column_name, data_type, is_nullable, is_identity,
      coalesce(column_default, generation_expression)) as line
    from information_schema.columns c where table_schema = 'public'
    union all
    -- A constraint that only new rows must meet is the same constraint.
    select format('%s %s %s', conrelid::regclass, conname, replace(pg_get_constraintdef(oid), ' NOT VALID', ''))
    from pg_constraint where connamespace = 'public'::regnamespace and contype not in ('x', 'n') and not condeferrable
    union all
    select indexdef from pg_indexes where schemaname = 'public' and indexname not like '%never_twice'
    order by 1`)
  return rows.map(({ line }) => line)
}

describe('the migrations', () => {
  it('are frozen; for a new one: cd migrations && sha256sum *.sql > SHA256SUMS', async () => {
    expect(await hashMigrations()).toBe(readFileSync('migrations/SHA256SUMS', 'utf8'))
  })

  it('are each newer than the last, or a database would skip one', () => {
    const { entries } = JSON.parse(readFileSync('migrations/meta/_journal.json', 'utf8'))
    const times = entries.map(({ when }: { when: number }) => when)
    expect(times).toEqual([...new Set(times as number[])].sort((one, other) => one - other))
  })

  // Everyone who books would wait for it.
  it('never read a growing table while they have it locked', () => {
    expect(findLongLocks()).toEqual([])
  })

  it('build the clinic from nothing and change nothing the second time', async () => {
    const applied = async () => (await clinic.sql.query('select hash from drizzle.__drizzle_migrations')).rows
    await clinic.sql.query('drop schema public cascade; drop schema drizzle cascade; create schema public')
    await migrateDatabase(clinic.databaseUrl)
    const first = { applied: await applied(), tables: await describeTables(clinic.sql) }
    expect(first.applied).toHaveLength(
      readdirSync('migrations').filter((name) => name.endsWith('.sql')).length,
    )
    await migrateDatabase(clinic.databaseUrl)
    expect({ applied: await applied(), tables: await describeTables(clinic.sql) }).toEqual(first)
  })

  it('may be started twice at once', async () => {
    await clinic.sql.query('drop schema public cascade; drop schema drizzle cascade; create schema public')
    await Promise.all([migrateDatabase(clinic.databaseUrl), migrateDatabase(clinic.databaseUrl)])
    expect(await describeTables(clinic.sql)).not.toEqual([])
  })

  it('make exactly the tables of drizzle/schema', async () => {
    await clinic.sql.query('create database drizzle_made')
    const made = new pg.Client(new URL('drizzle_made', clinic.databaseUrl).href)
    await made.connect()
    // Drizzle knows no extensions.
    await made.query('create extension pg_trgm')
    const schema = generateDrizzleJson(await readSchema())
    for (const statement of await generateMigration(generateDrizzleJson({}), schema))
      await made.query(statement)
    const described = await describeTables(made)
    await made.end()
    await clinic.sql.query('drop database drizzle_made')
    expect(await describeTables(clinic.sql)).toEqual(described)
  })

  it('leave nothing for drizzle-kit to generate', async () => {
    const snapshots = readdirSync('migrations/meta').filter((name) => name.endsWith('_snapshot.json'))
    const last = JSON.parse(readFileSync(`migrations/meta/${snapshots.sort().at(-1)}`, 'utf8'))
    expect(await generateMigration(last, generateDrizzleJson(await readSchema()))).toEqual([])
  })
})

it('gives appointments from before there were claims theirs, and their location', async () => {
  await clinic.sql.query('create database as_it_was')
  const sql = new pg.Client(new URL('as_it_was', clinic.databaseUrl).href)
  await sql.connect()
  await runMigrations(sql, 65)
  await sql.query(`
    insert into locations (name, time_zone) values ('Here', 'Asia/Jakarta'), ('There', 'Europe/Berlin');
    insert into doctors (location_id, name) values (1, 'Dr. Here'), (2, 'Dr. There');
    insert into patients (name) select 'Patient ' || n from generate_series(1, 50) n;
    insert into appointments (doctor_id, patient_id, status, start_at, end_at, buffer_after_minutes, hold_expires_at)
    select
      1 + n % 2, 1 + n % 50, case when n % 7 = 0 then 'cancelled' when n % 11 = 0 then 'pending' else 'booked' end,
      at, at + interval '20 minutes', 10, case when n % 7 > 0 and n % 11 = 0 then at end
    from generate_series(1, 2500) n, lateral (select timestamptz '2026-01-01 00:00Z' + n * interval '1 hour' as at) time`)
  await runMigrations(sql)
  const { rows } = await sql.query(`
    with should as (select claim.* from appointments one cross join lateral claims_of(one) claim)
    select
      (select count(*)::int from claims) as claims,
      (select count(*)::int from claims where during is null) as released,
      (select count(*)::int from (select * from should except select * from claims) missing) as missing,
      (select count(*)::int from appointments join doctors on doctors.id = doctor_id
        where appointments.location_id is distinct from doctors.location_id) as elsewhere,
      to_regclass('old_appointments') as left`)
  await sql.end()
  await clinic.sql.query('drop database as_it_was')
  expect(rows).toEqual([{ claims: 5000, released: 714, missing: 0, elsewhere: 0, left: null }])
})

it('an appointment that names no location is at its doctor’s first, and none can lose its location', async () => {
  const doctorId = await hireDoctor(clinic.sql)
  const { rows: made } = await clinic.sql.query(
    `insert into appointments (doctor_id, patient_id, start_at, end_at)
     values ($1, $2, '2030-02-07 10:00+00', '2030-02-07 10:30+00') returning id, location_id`,
    [doctorId, await registerPatient(clinic.sql)],
  )
  const { rows: emptied } = await clinic.sql.query(
    'update appointments set location_id = null where id = $1 returning id, location_id',
    [made[0].id],
  )
  const { rows: doctors } = await clinic.sql.query('select location_id from doctors where id = $1', [
    doctorId,
  ])
  expect([made[0].location_id, emptied[0].location_id]).toEqual(Array(2).fill(doctors[0].location_id))
  const { rows: checks } = await clinic.sql.query(
    `select convalidated from pg_constraint where conname = 'appointments_are_somewhere'`,
  )
  expect(checks).toEqual([{ convalidated: true }])
  // What the trigger does not fill in is refused.
  await clinic.sql.query('alter table appointments disable trigger appointments_are_located')
  const empty = clinic.sql.query('update appointments set location_id = null where id = $1', [made[0].id])
  await expect(empty).rejects.toMatchObject({ constraint: 'appointments_are_somewhere' })
  await clinic.sql.query('alter table appointments enable trigger appointments_are_located')
})

describe('raw SQL cannot store', () => {
  let doctor: number
  let other: number
  let zero: number
  let one: number

  beforeAll(async () => {
    doctor = await hireDoctor(clinic.sql)
    other = await hireDoctor(clinic.sql)
    zero = await registerPatient(clinic.sql, 'Patient Zero')
    one = await registerPatient(clinic.sql, 'Patient One')
    await insert(doctor, zero, '10:00', '10:30')
  })

  function insert(doctorId: number, patientId: number, from: string, until: string, status = 'booked') {
    return clinic.sql.query(
      'insert into appointments (doctor_id, patient_id, start_at, end_at, status) values ($1, $2, $3, $4, $5)',
      [doctorId, patientId, `2030-01-07 ${from}+00`, `2030-01-07 ${until}+00`, status],
    )
  }

  it.each([
    ['the same time', '10:00', '10:30'],
    ['one minute too early an end', '09:30', '10:01'],
    ['one minute too late a start', '10:29', '11:00'],
    ['a time within', '10:10', '10:20'],
    ['a time around', '09:00', '12:00'],
  ])('two appointments of a doctor, or of a patient, at %s', async (_, from, until) => {
    await expect(insert(doctor, one, from, until)).rejects.toMatchObject({
      code: '23P01',
      constraint: 'claims_never_twice',
    })
    await expect(insert(other, zero, from, until)).rejects.toMatchObject({
      code: '23P01',
      constraint: 'claims_never_twice',
    })
  })

  it.each([
    ['an end before the start', '12:00', '11:00', 'booked', '22000'],
    ['an end before the start, even of a cancelled one', '12:00', '11:00', 'cancelled', '23514'],
    ['an appointment of no length', '12:00', '12:00', 'booked', '23514'],
    ['an appointment of nine hours', '12:00', '21:00', 'booked', '23514'],
    ['a status FHIR does not know', '12:00', '12:30', 'confirmed', '23514'],
  ])('%s', async (_, from, until, status, code) => {
    await expect(insert(doctor, one, from, until, status)).rejects.toMatchObject({ code })
  })

  it.each([
    ['Mars/Olympus', '22023'],
    ['EST', '23514'],
    ['+07:00', '23514'],
  ])('a location in the zone %s', async (zone, code) => {
    const insertLocation = clinic.sql.query("insert into locations (name, time_zone) values ('There', $1)", [
      zone,
    ])
    await expect(insertLocation).rejects.toMatchObject({ code })
  })
})

it('every index is used by one of our queries', async () => {
  await clinic.sql.query(`
    insert into patients (name) select 'Patient ' || n from generate_series(1, 500) n;
    insert into doctors (location_id, name) select (select min(id) from locations), 'Dr. ' || n from generate_series(1, 100) n;
    insert into weekly_hours (doctor_id, weekday, opens_at, closes_at)
    select id, weekday, '00:00', '24:00' from doctors, generate_series(1, 7) weekday;
    -- Without the trigger, which would take a minute.
    set session_replication_role to replica;
    insert into appointments (doctor_id, location_id, patient_id, start_at, end_at)
    select doctor.id, doctor.location_id, patient.id, start_at, start_at + interval '20 minutes'
    from doctors doctor, generate_series(0, 199) slot,
    lateral (select timestamptz '2031-01-01 00:00+00' + slot * interval '30 minutes' + doctor.id * interval '200 hours' as start_at) time,
    lateral (select min(id) + (doctor.id * 7 + slot) % 500 as id from patients) patient
    on conflict do nothing;
    insert into appointments (
      doctor_id, location_id, start_at, end_at, status, hold_expires_at, stranger_id, stranger_address_hash,
      stranger_wider_hash
    )
    select
      doctor.id, doctor.location_id, start_at, start_at + interval '20 minutes', status, start_at,
      'stranger ' || doctor.id || ' ' || slot, 'network ' || doctor.id || ' ' || slot, 'wider ' || doctor.id || ' ' || slot
    from doctors doctor, generate_series(0, 19) slot, (values ('cancelled'), ('pending')) become (status),
    lateral (select timestamptz '2030-12-01 00:00+00' + slot * interval '30 minutes' as start_at) time;
    set session_replication_role to origin;
    insert into claims select claim.* from appointments one cross join lateral claims_of(one) claim on conflict do nothing`)
  await clinic.sql.query('update clinic_settings set reasons_kept_days = 365')
  await clinic.sql.query('vacuum analyze')
  const { rows: people } = await clinic.sql.query(
    'select doctor_id, patient_id from appointments where patient_id is not null order by id desc limit 1',
  )
  const [doctorId, patientId] = [Number(people[0].doctor_id), Number(people[0].patient_id)]
  const wish = { doctorId, patientId, startAt: '2031-03-17T10:00:00Z', endAt: '2031-03-17T10:30:00Z' }
  await clinic.sql.query('select pg_stat_reset()')
  await bookAppointment(clinic.context(), wish)
  await bookAppointment(clinic.context(), wish)
  const browser = { id: 'a browser', addressHash: 'a network' }
  const source = { networkHash: 'a network', widerHash: 'a wider one', place: null, device: null }
  await holdSlot(clinic.context({ browser, source }), { ...wish, patientId: undefined })
  await readBookingPage(clinic.context(), { kind: 'front_desk', accountId: 0 }, { search: null })
  await searchAppointments(clinic.context(), { status: 'arrived', limit: 20 })
  await findSessions(clinic.context(), { limit: 20 })
  await expect(findSession(clinic.context(), 1)).rejects.toThrow('session')
  const { rows: sessions } = await clinic.sql.query(
    `insert into appointments (doctor_id, start_at, end_at, capacity)
     values ($1, '2031-03-18 10:00Z', '2031-03-18 10:30Z', 8) returning id::int`,
    [doctorId],
  )
  await joinSession(clinic.context(), { sessionId: sessions[0].id, patientId })
  await expect(findSeries(clinic.context(), 1)).rejects.toThrow('series')
  const asDoctor = { kind: 'doctor', accountId: 0, doctorId } as const
  await searchPatients(clinic.context({ actor: asDoctor }), { q: 'patient' })
  await lapseRequests(clinic.context({ actor: { kind: 'system' } }))
  await forgetOld(clinic.context({ actor: { kind: 'system' } }))

  await clinic.context().db.execute('select pg_stat_force_next_flush()')

  const idle = await clinic.sql.query(`
    select usage.indexrelname
    from pg_stat_user_indexes usage join pg_index using (indexrelid)
    where relname in ('appointments', 'weekly_hours') and not indisprimary and idx_scan = 0`)
  expect(idle.rows).toEqual([])
})
