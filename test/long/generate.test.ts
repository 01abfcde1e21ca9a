import type pg from 'pg'
import { beforeAll, describe, expect, it } from 'vitest'
import { blockMinutes, drawPatterns, visits } from '../../scripts/generate/day-patterns.ts'
import { generateClinic } from '../../scripts/generate/generate-clinic.ts'
import { silent } from '../../scripts/generate/progress.ts'
import { bookAppointment } from '../../src/clinic/appointments/book.ts'
import { cancelAppointment } from '../../src/clinic/appointments/cancel.ts'
import { searchSlots } from '../../src/clinic/availability/search-slots.ts'
import { verifyEvents } from '../../src/clinic/verify-events.ts'
import { type Clinic, openClinic } from '../support/clinic.ts'
import { findOverlaps } from '../support/overlaps.ts'

const complete = await openClinic({ worker: false })
const interrupted = await openClinic({ worker: false })
const empty = await openClinic({ worker: false })

const asOf = new Date('2026-11-23T03:00:00Z')
const wishes = { appointments: 20_000, doctors: 80, patients: 2_000, seed: 7, chunkRows: 4_000, asOf }

/** Interrupts the run when it starts a step of this name. */
async function generateUntil(clinic: Clinic, doing: RegExp): Promise<void> {
  const interruption = new AbortController()
  const begin = (what: string) => {
    if (doing.test(what)) interruption.abort()
  }
  const run = generateClinic({
    ...wishes,
    url: clinic.databaseUrl,
    signal: interruption.signal,
    showProgress: () => ({ ...silent, begin }),
  })
  await expect(run).rejects.toThrow('aborted')
}

/** Name, definition and validity of each, from the catalog. */
async function constraintsIndexesAndTriggers(sql: pg.Pool): Promise<string[]> {
  const { rows } = await sql.query(`
    select conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) || ' ' || convalidated as line
    from pg_constraint where connamespace = 'public'::regnamespace
    union all
    select pg_get_indexdef(indexrelid) || ' ' || indisvalid
    from pg_index join pg_class on oid = indrelid where relnamespace = 'public'::regnamespace
    union all
    select pg_get_triggerdef(pg_trigger.oid) || ' ' || tgenabled::text
    from pg_trigger join pg_class on pg_class.oid = tgrelid
    where relnamespace = 'public'::regnamespace and not tgisinternal
    order by 1`)
  return rows.map(({ line }) => line)
}

/** Everything both runs must agree on, ids included. */
async function digest(sql: pg.Pool): Promise<unknown> {
  const { rows } = await sql.query(`
    select
      (select count(*)::int from appointments where status <> 'pending') as appointments,
      (select md5(string_agg(md5(a::text), '' order by id)) from appointments a where status <> 'pending') as of_appointments,
      (select md5(string_agg(md5(c::text), '' order by appointment_id, resource_id)) from claims c where expires_at is null)
        as of_claims,
      (select count(*)::int from events where kind <> 'appointment.held') as events,
      (select md5(string_agg(e.id || encode(hash, 'hex'), '' order by e.id)) from events e where kind <> 'appointment.held')
        as of_events,
      (select md5(string_agg(p::text, '' order by id)) from patients p) as of_patients,
      (select md5(string_agg(i::text, '' order by value)) from patient_identifiers i) as of_identifiers`)
  return rows[0]
}

let before: string[]
let made: unknown
beforeAll(async () => {
  before = await constraintsIndexesAndTriggers(complete.sql)
  await generateClinic({ ...wishes, url: complete.databaseUrl })
  made = await digest(complete.sql)
})

describe('a generated clinic', () => {
  it('has no overlaps', async () => {
    expect(await findOverlaps(complete.sql, 'doctor')).toEqual([])
    expect(await findOverlaps(complete.sql, 'patient')).toEqual([])
    const { rows } = await complete.sql.query(`
      select one.appointment_id, other.appointment_id
      from claims one
      join claims other
        on other.resource_id = one.resource_id
        and other.appointment_id > one.appointment_id
        and lower(other.during) < upper(one.during)
        and lower(one.during) < upper(other.during)`)
    expect(rows).toEqual([])
  })

  it('has exactly the claims that its appointments would have made, and some of rooms and devices', async () => {
    const { rows } = await complete.sql.query(`
      with should as (
        select claim.* from appointments one cross join lateral claims_of(one) claim
      )
      select
        (select count(*)::int from (select * from should except select * from claims) missing) as missing,
        (
          select count(*)::int
          from (select * from claims where part in ('doctor', 'patient') except select * from should) extra
        ) as extra`)
    expect(rows).toEqual([{ missing: 0, extra: 0 }])
    const { rows: others } = await complete.sql.query(`
      select
        count(*) filter (where part = 'room') > 300 as "hasRooms",
        count(*) filter (where part = 'device') > 50 as "hasDevices",
        count(*) filter (where during is null) > 10 as "hasReleased",
        bool_and(resource.location_id = one.location_id and resource.type = part) as "areThere",
        bool_and(claim.before_minutes = need.before_minutes and claim.after_minutes = need.after_minutes) as "areAsNeeded",
        bool_and(need.visit_type_id = one.visit_type_id) as "areNeeded",
        bool_and(during is not distinct from claimed_time(
          one.status, one.start_at, one.end_at, claim.before_minutes, claim.after_minutes
        )) as "areOnTime"
      from claims claim
      join appointments one on one.id = claim.appointment_id
      join resources resource on resource.id = claim.resource_id
      join visit_type_needs need on need.id = claim.need_id`)
    expect(Object.values(others[0])).toEqual(Array(7).fill(true))
    const { rows: without } = await complete.sql.query(`
      select count(*)::int from appointments one
      join visit_type_needs need using (visit_type_id)
      where not exists (select from claims where appointment_id = one.id and need_id = need.id)`)
    expect(without).toEqual([{ count: 0 }])
  })

  it('has doctors who are elsewhere on some days, with all they do there', async () => {
    const { rows } = await complete.sql.query(`
      select
        count(*) filter (where one.location_id <> doctor.location_id) > 50 as "areElsewhere",
        count(*) filter (where not exists (
          select from doctor_locations here
          where here.doctor_id = one.doctor_id and here.location_id = one.location_id
        ))::int as "areNowhere"
      from appointments one join doctors doctor on doctor.id = one.doctor_id`)
    expect(rows).toEqual([{ areElsewhere: true, areNowhere: 0 }])
  })

  it('has exactly the constraints, indexes and triggers of the migrations', async () => {
    expect(before.length).toBeGreaterThan(100)
    expect(await constraintsIndexesAndTriggers(complete.sql)).toEqual(before)
    const { rows } = await complete.sql.query("select to_regnamespace('generation') as bookkeeping")
    expect(rows).toEqual([{ bookkeeping: null }])
  })

  it('is believable', async () => {
    const { rows } = await complete.sql.query(
      `select
         count(*)::int as appointments,
         (count(*) filter (where status = 'cancelled'))::float8 / count(*) as cancelled,
         (count(*) filter (where status = 'noshow'))::float8 / count(*) as missed,
         count(*) filter (where status = 'booked' and start_at > $1)::int > 200 as "hasFuture",
         count(*) filter (where status = 'arrived')::int between 1 and 20 as "hasArrived",
         count(*) filter (where status in ('fulfilled', 'noshow', 'arrived') and start_at > $1 + interval '30 minutes')::int
           as "tooEarly",
         count(*) filter (where status = 'booked' and end_at < $1 - interval '20 minutes')::int as forgotten,
         min(start_at) < $1 - interval '4.9 years' as "isOld"
       from appointments where status <> 'pending'`,
      [asOf],
    )
    const { appointments, cancelled, missed, ...others } = rows[0]
    expect(appointments).toBe(20_000)
    expect(cancelled).toBeCloseTo(0.12, 2)
    expect(missed).toBeCloseTo(0.06, 2)
    expect(others).toEqual({ hasFuture: true, hasArrived: true, tooEarly: 0, forgotten: 0, isOld: true })
  })

  it('tells patients of one name apart', async () => {
    const { rows } = await complete.sql.query(`
      select
        count(*)::int as patients,
        count(birth_date)::int as "withBirthDate",
        count(phone) > 1600 as "mostHavePhones",
        count(distinct (name, birth_date)) > 1990 as "areDistinct",
        (select count(*)::int from patient_identifiers where issuer = 'record') as "withRecordNumber"
      from patients`)
    const expected = {
      patients: 2000,
      withBirthDate: 2000,
      mostHavePhones: true,
      areDistinct: true,
      withRecordNumber: 500,
    }
    expect(rows).toEqual([expected])
  })

  it('follows the rules: in open time, on the grid and within the cap', async () => {
    const { rows } = await complete.sql.query(`
      select
        count(*) filter (where not open_time.during @> tstzrange(start_at, end_at))::int as closed,
        count(*) filter (where (extract(epoch from (start_at at time zone time_zone)::time) / 60)::int % grid_minutes > 0)::int
          as "offGrid",
        count(*) filter (where minutes * interval '1 minute' <> end_at - start_at)::int as "ofOtherLength"
      from appointments
      join doctors doctor on doctor.id = doctor_id
      join visit_types visit on visit.id = visit_type_id
      join doctor_visit_types offer on offer.doctor_id = doctor.id and offer.visit_type_id = visit.id
      join locations location on location.id = doctor.location_id
      cross join lateral open_time(doctor.id, appointments.location_id, tstzrange(start_at, end_at))
      where appointments.id % 5 = 0`)
    expect(rows).toEqual([{ closed: 0, offGrid: 0, ofOtherLength: 0 }])
    const { rows: full } = await complete.sql.query(`
      select appointments.doctor_id from appointments
      join visit_types visit on visit.id = visit_type_id
      join doctors doctor on doctor.id = doctor_id join locations location on location.id = doctor.location_id
      where status not in ('cancelled', 'noshow')
      group by appointments.doctor_id, (start_at at time zone time_zone)::date, visit.id, daily_cap having count(*) > daily_cap`)
    expect(full).toEqual([])
  })

  it('has unbroken event chains since last year that match the appointments', async () => {
    const { checked, broken } = await verifyEvents(complete.context().db)
    expect(broken).toEqual([])
    expect(checked).toBeGreaterThan(10_000)
    const { rows } = await complete.sql.query(
      `select
         count(*) filter (where event_count = 0 and start_at > $1::timestamptz - interval '12 months')::int as missing,
         count(*) filter (where number = event_count and after <> appointment_facts(
           status, doctor_id, patient_id, visit_type_id, start_at, end_at, hold_expires_at
         ))::int as otherwise,
         count(*) filter (where kind <> 'appointment.held' and at > $1 or kind = 'appointment.booked' and at >= start_at)::int as "ofTheFuture"
       from appointments left join events on appointment_id = appointments.id`,
      [asOf],
    )
    expect(rows).toEqual([{ missing: 0, otherwise: 0, ofTheFuture: 0 }])
  })

  it('is filled only once', async () => {
    const again = generateClinic({ ...wishes, url: complete.databaseUrl })
    await expect(again).rejects.toThrow('The database already holds data (account_patients, accounts')
  })
})

describe('the clinic works with it', () => {
  it('finds and books free times, refuses taken ones and cancels generated ones', async () => {
    const ctx = complete.context({ now: asOf })
    const found = await searchSlots(ctx, { visitTypeId: 1, limit: 5 })
    const [slot] = found.ok ? found.slots : []
    if (!slot) throw new Error('No slot within two months.')
    const startAt = slot.startAt.toISOString()
    const wished = { doctorId: slot.doctor.id, visitTypeId: 1, startAt, patientId: 77 }
    expect(await bookAppointment(ctx, wished)).toMatchObject({ ok: true, appointment: { status: 'booked' } })
    expect(await bookAppointment(ctx, { ...wished, patientId: 78 })).toMatchObject({ refusal: 'slot_taken' })
    const { rows } = await complete.sql.query(
      "select id::int from appointments where status = 'booked' and start_at > $1 order by id desc limit 1",
      [new Date(asOf.getTime() + 86_400_000)],
    )
    const cancelled = await cancelAppointment(ctx, { id: rows[0].id, reason: 'Closed' })
    expect(cancelled).toMatchObject({ ok: true })
    expect((await verifyEvents(ctx.db)).broken).toEqual([])
  })

  it('has a few open holds', async () => {
    const { rows } = await complete.sql.query(
      "select count(*)::int from appointments where status = 'pending' and hold_expires_at > now()",
    )
    expect(rows).toEqual([{ count: 20 }])
  })
})

describe('an interrupted run', () => {
  it('continues and makes the same as an uninterrupted one', async () => {
    await generateUntil(interrupted, /a second/)
    await generateUntil(interrupted, /appointments_by_start/)
    const { rows } = await interrupted.sql.query(
      'select count(*)::int from generation.chunks where is_loaded',
    )
    expect(rows[0].count).toBeGreaterThan(1)
    await generateClinic({ ...wishes, asOf: new Date(), url: interrupted.databaseUrl })
    expect(await constraintsIndexesAndTriggers(interrupted.sql)).toEqual(before)
    expect(await digest(interrupted.sql)).toEqual(made)
  })
})

it('fills two-hour blocks with visits on the grid, without overlaps and within the cap', () => {
  const blocks = Map.groupBy(
    drawPatterns(7),
    ({ specialty, grid, pattern }) => `${specialty} ${grid} ${pattern}`,
  )
  expect(blocks.size).toBe(8 * 3 * 24)
  for (const slots of blocks.values()) {
    let occupiedUntil = 0
    for (const { atMinute, visitTypeId, grid } of slots) {
      const visit = visits.find(({ id }) => id === visitTypeId)
      if (!visit) throw new Error('That visit type is not offered.')
      expect(atMinute % grid).toBe(0)
      expect(atMinute - visit.before).toBeGreaterThanOrEqual(occupiedUntil)
      occupiedUntil = atMinute + visit.minutes + visit.after
    }
    expect(occupiedUntil).toBeLessThanOrEqual(blockMinutes)
    // Four blocks a day.
    for (const { id, cap } of visits)
      if (cap)
        expect(slots.filter(({ visitTypeId }) => visitTypeId === id).length * 4).toBeLessThanOrEqual(cap)
  }
})

it('refuses more appointments than the doctors can see, and leaves nothing behind', async () => {
  const run = generateClinic({ ...wishes, doctors: 3, appointments: 200_000, url: empty.databaseUrl })
  await expect(run).rejects.toThrow(
    /^3 doctors are too few\. Use at most --appointments \d+, or at least --doctors \d+\.$/,
  )
  const { rows } = await empty.sql.query(
    "select to_regnamespace('generation') as bookkeeping, (select count(*)::int from doctors) as doctors",
  )
  expect(rows).toEqual([{ bookkeeping: null, doctors: 0 }])
})

it('does not continue with other options', async () => {
  await generateUntil(empty, /Patients/)
  const other = generateClinic({ ...wishes, seed: 8, url: empty.databaseUrl })
  await expect(other).rejects.toThrow(
    'The database has an unfinished run with --appointments 20000 --doctors 80 --patients 2000 --seed 7.',
  )
})
