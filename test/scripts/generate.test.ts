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

const atOnce = await openClinic({ worker: false })
const interrupted = await openClinic({ worker: false })
const empty = await openClinic({ worker: false })

const asOf = new Date('2026-11-23T03:00:00Z')
const wishes = { appointments: 20_000, doctors: 80, patients: 2_000, seed: 7, chunkRows: 4_000, asOf }

/** Interrupts the run as soon as it gets to something of that name. */
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

/** As the catalog has them: name, meaning, and whether it is valid. */
async function constraintsAndIndexes(sql: pg.Pool): Promise<string[]> {
  const { rows } = await sql.query(`
    select conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) || ' ' || convalidated as line
    from pg_constraint where connamespace = 'public'::regnamespace
    union all
    select pg_get_indexdef(indexrelid) || ' ' || indisvalid
    from pg_index join pg_class on oid = indrelid where relnamespace = 'public'::regnamespace
    order by 1`)
  return rows.map(({ line }) => line)
}

/** All that both runs must agree about; ids included. */
async function digest(sql: pg.Pool): Promise<unknown> {
  const { rows } = await sql.query(`
    select
      (select count(*)::int from appointments where status <> 'pending') as appointments,
      (select md5(string_agg(md5(a::text), '' order by id)) from appointments a where status <> 'pending') as of_appointments,
      (select count(*)::int from events where kind <> 'appointment.held') as events,
      (select md5(string_agg(e.id || encode(hash, 'hex'), '' order by e.id)) from events e where kind <> 'appointment.held')
        as of_events,
      (select md5(string_agg(p::text, '' order by id)) from patients p) as of_patients`)
  return rows[0]
}

let before: string[]
let made: unknown
beforeAll(async () => {
  before = await constraintsAndIndexes(atOnce.sql)
  await generateClinic({ ...wishes, url: atOnce.databaseUrl })
  made = await digest(atOnce.sql)
})

describe('a generated clinic', () => {
  it('has nobody twice at a time', async () => {
    expect(await findOverlaps(atOnce.sql, 'doctor')).toEqual([])
    expect(await findOverlaps(atOnce.sql, 'patient')).toEqual([])
  })

  it('keeps every constraint and index as the migrations made them, and nothing else', async () => {
    expect(before.length).toBeGreaterThan(100)
    expect(await constraintsAndIndexes(atOnce.sql)).toEqual(before)
    const { rows } = await atOnce.sql.query("select to_regnamespace('generation') as bookkeeping")
    expect(rows).toEqual([{ bookkeeping: null }])
  })

  it('is a believable one', async () => {
    const { rows } = await atOnce.sql.query(
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

  it('works to the rules: in open time, on the grid, no more than the cap', async () => {
    const { rows } = await atOnce.sql.query(`
      select
        count(*) filter (where not open_time.during @> tstzrange(start_at, end_at))::int as closed,
        count(*) filter (where (extract(epoch from (start_at at time zone time_zone)::time) / 60)::int % grid_minutes > 0)::int
          as "offGrid",
        count(*) filter (where minutes * interval '1 minute' <> end_at - start_at)::int as "ofOtherLength"
      from appointments
      join doctors doctor on doctor.id = doctor_id
      join visit_types visit on visit.id = visit_type_id
      join doctor_visit_types offer on offer.doctor_id = doctor.id and offer.visit_type_id = visit.id
      join locations location on location.id = location_id
      cross join lateral open_time(doctor.id, tstzrange(start_at, end_at))
      where appointments.id % 5 = 0`)
    expect(rows).toEqual([{ closed: 0, offGrid: 0, ofOtherLength: 0 }])
    const { rows: full } = await atOnce.sql.query(`
      select doctor_id from appointments
      join visit_types visit on visit.id = visit_type_id
      join doctors doctor on doctor.id = doctor_id join locations location on location.id = location_id
      where doctor_occupied is not null
      group by doctor_id, (start_at at time zone time_zone)::date, visit.id, daily_cap having count(*) > daily_cap`)
    expect(full).toEqual([])
  })

  it('has events of the last year and later, whose chains stand and end at what the appointment is', async () => {
    const { checked, broken } = await verifyEvents(atOnce.context().db)
    expect(broken).toEqual([])
    expect(checked).toBeGreaterThan(10_000)
    const { rows } = await atOnce.sql.query(
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
    const again = generateClinic({ ...wishes, url: atOnce.databaseUrl })
    await expect(again).rejects.toThrow('The database holds data already (account_patients, accounts')
  })
})

describe('the clinic goes on with it', () => {
  it('finds free times, books them, refuses what is taken, and cancels what was generated', async () => {
    const ctx = atOnce.context({ now: asOf })
    const found = await searchSlots(ctx, { visitTypeId: 1, limit: 5 })
    const [slot] = found.ok ? found.slots : []
    if (!slot) throw new Error('Somebody is free within two months.')
    const startAt = slot.startAt.toISOString()
    const wished = { doctorId: slot.doctor.id, visitTypeId: 1, startAt, patientId: 77 }
    expect(await bookAppointment(ctx, wished)).toMatchObject({ ok: true, appointment: { status: 'booked' } })
    expect(await bookAppointment(ctx, { ...wished, patientId: 78 })).toMatchObject({ refusal: 'slot_taken' })
    const { rows } = await atOnce.sql.query(
      "select id::int from appointments where status = 'booked' and start_at > $1 order by id desc limit 1",
      [new Date(asOf.getTime() + 86_400_000)],
    )
    const cancelled = await cancelAppointment(ctx, { id: rows[0].id, reason: 'Closed' })
    expect(cancelled).toMatchObject({ ok: true })
    expect((await verifyEvents(ctx.db)).broken).toEqual([])
  })

  it('a few slots are held at this moment', async () => {
    const { rows } = await atOnce.sql.query(
      "select count(*)::int from appointments where status = 'pending' and hold_expires_at > now()",
    )
    expect(rows).toEqual([{ count: 20 }])
  })
})

describe('a run that is interrupted', () => {
  it('goes on, and makes what it would have made at once', async () => {
    await generateUntil(interrupted, /a second/)
    await generateUntil(interrupted, /appointments_by_start/)
    const { rows } = await interrupted.sql.query(
      'select count(*)::int from generation.chunks where is_loaded',
    )
    expect(rows[0].count).toBeGreaterThan(1)
    await generateClinic({ ...wishes, asOf: new Date(), url: interrupted.databaseUrl })
    expect(await constraintsAndIndexes(interrupted.sql)).toEqual(before)
    expect(await digest(interrupted.sql)).toEqual(made)
  })
})

it('fills two hours with visits that start on the grid, never meet, and keep the cap of a day in every block', () => {
  const blocks = Map.groupBy(
    drawPatterns(7),
    ({ specialty, grid, pattern }) => `${specialty} ${grid} ${pattern}`,
  )
  expect(blocks.size).toBe(8 * 3 * 24)
  for (const slots of blocks.values()) {
    let occupiedUntil = 0
    for (const { atMinute, visitTypeId, grid } of slots) {
      const visit = visits.find(({ id }) => id === visitTypeId)
      if (!visit) throw new Error('Only what is offered.')
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

it('refuses what so few doctors cannot see, and leaves nothing behind', async () => {
  const run = generateClinic({ ...wishes, doctors: 3, appointments: 200_000, url: empty.databaseUrl })
  await expect(run).rejects.toThrow(
    /^3 doctors cannot see so many: --appointments \d+ at most, or --doctors \d+\.$/,
  )
  const { rows } = await empty.sql.query(
    "select to_regnamespace('generation') as bookkeeping, (select count(*)::int from doctors) as doctors",
  )
  expect(rows).toEqual([{ bookkeeping: null, doctors: 0 }])
})

it('does not go on with other wishes than it began with', async () => {
  await generateUntil(empty, /Patients/)
  const other = generateClinic({ ...wishes, seed: 8, url: empty.databaseUrl })
  await expect(other).rejects.toThrow(
    'An unfinished run is here, with --appointments 20000 --doctors 80 --patients 2000 --seed 7.',
  )
})
