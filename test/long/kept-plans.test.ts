import pg from 'pg'
import { expect, it } from 'vitest'
import type { Query } from '../../scripts/local/bridge.ts'
import { asApp } from '../../scripts/migrate.ts'
import { bookAppointment } from '../../src/clinic/appointments/book.ts'
import { rescheduleAppointment } from '../../src/clinic/appointments/reschedule.ts'
import type { ClinicContext } from '../../src/clinic/context.ts'
import { registerPatient } from '../../src/clinic/patients/register.ts'
import { openClinic } from '../support/clinic.ts'
import { registerPatient as insertPatient, liftCaps, openPatient } from '../support/people.ts'
import { openSendingDesk } from '../support/sending.ts'

const clinic = await openClinic({ worker: false })
const { sql } = clinic
const desk = await openSendingDesk(clinic)
type Wish = Awaited<ReturnType<typeof desk.wish>>

/** Analyzes the tables with one key and no appointment, and then never again. */
async function leaveOne(): Promise<void> {
  await sql.query(
    'truncate appointments, appointment_responses, message_appointments, claims, events, idempotency_keys, walk_ins, strandings',
  )
  await addKeys('one', 1)
  for (const table of ['appointments', 'claims', 'events', 'idempotency_keys']) {
    // Analyzing a table would replan its statements.
    await sql.query(`alter table ${table} set (autovacuum_enabled = off)`)
    await sql.query(`vacuum analyze ${table}`)
  }
}

const addKeys = (name: string, many: number) =>
  sql.query(
    `insert into idempotency_keys (account_id, key, fingerprint, claimed_at)
     select $1, $2 || n, '', '2026-11-23T00:59:00Z' from generate_series(1, $3::int) n`,
    [desk.accountId, name, many],
  )

/** With the same doctor and patient, years after the bookings. */
const addAppointments = ({ doctorId, patientId }: Wish, many: number) =>
  sql.query(
    `insert into appointments (doctor_id, patient_id, start_at, end_at)
     select $1, $2, start_at, start_at + interval '30 minutes'
     from generate_series(1, $3::int) n, lateral (select timestamptz '2028-01-03Z' + n * interval '1 hour' as start_at) at`,
    [doctorId, patientId, many],
  )

type Ask = (ctx: ClinicContext, wish: Wish) => Promise<unknown>

/** A session that repeats the verb's statements, each time with a new key and half an hour later. */
async function openSession(ask: Ask, wish: Wish) {
  const key = desk.newKey()
  clinic.takeTrips()
  await ask(desk.withKey(key), wish)
  const [trip = []] = clinic.takeTrips() as Required<Query>[][]
  const session = new pg.Client(asApp(clinic.databaseUrl))
  await session.connect()
  let sent = 0
  async function sendAgain(): Promise<void> {
    sent += 1
    const later = (time: string) => new Date(Date.parse(time) + sent * 1_800_000).toISOString()
    const instead = new Map([
      [key, desk.newKey()],
      [wish.startAt, later(wish.startAt)],
      [wish.endAt, later(wish.endAt)],
    ])
    // Some of these are values of their own, others part of a composite value.
    const any = new RegExp([...instead.keys()].join('|'), 'g')
    for (const { query, params } of trip) {
      const values = params.map((value) =>
        typeof value === 'string' ? value.replace(any, (found) => instead.get(found) ?? found) : value,
      )
      await session.query(query, values)
    }
  }
  return { session, sendAgain }
}

/** How many rows the session reads during the work, through indexes or not. */
async function rowsReadBy(session: pg.Client, work: () => Promise<void>) {
  const count = async (table: string): Promise<number> => {
    const { rows } = await session.query(
      'select seq_tup_read + idx_tup_fetch as read from pg_stat_xact_user_tables where relname = $1',
      [table],
    )
    return Number(rows[0].read)
  }
  await session.query('begin')
  const counts = async () => ({
    keys: await count('idempotency_keys'),
    appointments: await count('appointments'),
    events: await count('events'),
  })
  const before = await counts()
  await work()
  const after = await counts()
  const read = {
    keys: after.keys - before.keys,
    appointments: after.appointments - before.appointments,
    events: after.events - before.events,
  }
  await session.query('commit')
  return read
}

it.each<[string, Ask, string, { reads?: number }?]>([
  ['a booking', bookAppointment, 'events'],
  [
    'a move',
    async (ctx, { startAt, endAt, ...wish }) => {
      const before = { startAt: '2026-11-24T01:00:00Z', endAt: '2026-11-24T01:30:00Z' }
      const booked = await bookAppointment(desk.withoutKey(), { ...wish, ...before })
      if (!booked.ok) throw new Error(booked.refusal)
      clinic.takeTrips()
      return rescheduleAppointment(ctx, { id: booked.appointment.id, startAt, endAt })
    },
    `events where kind = 'appointment.rescheduled'`,
    // The same row again in each of its steps.
    { reads: 20 },
  ],
  [
    'a registration',
    (ctx) => registerPatient(ctx, { name: 'Patient Next' }),
    `patients where name = 'Patient Next'`,
  ],
])(
  '%s reads a handful of 20,000 rows with plans made for one row',
  async (_, ask, done, { reads = 10 } = {}) => {
    await leaveOne()
    const wish = await desk.wish()
    const { session, sendAgain } = await openSession(ask, wish)
    for (let n = 0; n < 6; n++) await sendAgain()
    await addKeys('many', 20_000)
    await addAppointments(wish, 20_000)

    const read = await rowsReadBy(session, sendAgain)
    await session.end()
    expect(read.keys).toBeLessThan(10)
    expect(read.appointments).toBeLessThan(reads)
    expect(await desk.count(done)).toBe(8)
  },
  240_000,
)

it('a booking by a patient reads a handful of 20,000 others with plans made for one row', async () => {
  await leaveOne()
  await liftCaps(sql)
  const wish = await desk.wish()
  const bookAsPatient: Ask = async ({ now, idempotency }, { patientId, ...wish }) => {
    const actor = await openPatient(sql, [patientId])
    return bookAppointment(clinic.context({ now, actor, ...(idempotency && { idempotency }) }), wish)
  }
  const { session, sendAgain } = await openSession(bookAsPatient, wish)
  for (let n = 0; n < 6; n++) await sendAgain()
  await addAppointments({ ...wish, patientId: await insertPatient(sql) }, 20_000)
  await sql.query(`
    insert into events (appointment_id, number, kind, at, actor_kind, after, hash)
    select id, 1, 'appointment.booked', now(), 'patient', '{}', '' from appointments where start_at >= '2028-01-01'`)

  const read = await rowsReadBy(session, sendAgain)
  await session.end()
  // Its seven others are counted, each with its event.
  expect(read.appointments).toBeLessThan(30)
  expect(read.events).toBeLessThan(20)
  expect(await desk.count(`events where actor_kind = 'patient' and after <> '{}'`)).toBe(8)
}, 240_000)
