import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { asApp } from '../../scripts/migrate.ts'
import { bookAppointment } from '../../src/clinic/appointments/book.ts'
import { checkIn } from '../../src/clinic/appointments/check-in.ts'
import { holdSlot } from '../../src/clinic/appointments/hold.ts'
import { releaseHold } from '../../src/clinic/appointments/release-hold.ts'
import { verifyEvents } from '../../src/clinic/verify-events.ts'
import { appointmentOf } from '../support/answers.ts'
import { openClinic } from '../support/clinic.ts'
import { hireDoctor, registerPatient } from '../support/people.ts'

const clinic = await openClinic({ worker: false })
const { sql, context } = clinic
/** The Worker's database role, past all our code. */
const app = new pg.Pool({ connectionString: asApp(clinic.databaseUrl), max: 1 })
afterAll(() => app.end())

const now = new Date('2026-11-23T01:00:00Z')
const broken = async () => (await verifyEvents(context().db)).broken

let doctorId: number
let patientId: number
let minutes = 0
beforeAll(async () => {
  doctorId = await hireDoctor(sql)
  patientId = await registerPatient(sql)
})

const times = () => {
  minutes += 30
  const start = now.getTime() + minutes * 60_000
  return { startAt: new Date(start).toISOString(), endAt: new Date(start + 1_800_000).toISOString() }
}
const book = async () =>
  (await appointmentOf(bookAppointment(context({ now }), { doctorId, patientId, ...times() }))).id

async function release(): Promise<number> {
  const { id } = await appointmentOf(holdSlot(context({ now }), { doctorId, patientId, ...times() }))
  await releaseHold(context({ now }), id)
  return id
}

const fakeHold = `update appointments set status = 'cancelled', hold_expires_at = '2020-01-01' where id = $1`
const forgeEvent = `
  with forged as (
    insert into events (appointment_id, number, kind, at, actor_kind, after, before, previous_hash, hash)
    select appointment_id, number + 1, 'appointment.cancelled', at, 'patient', after || '{"status": "cancelled"}', after, hash,
      event_hash(row(
        null, appointment_id, number + 1, 'appointment.cancelled', at, 'patient', null, null, null, null, after,
        after || '{"status": "cancelled"}', hash, null, null, null
      )::events)
    from events where appointment_id = $1 and number = 1
    returning appointment_id, number, hash
  )
  update appointments set status = 'cancelled', event_count = number, last_event_hash = hash
  from forged where id = appointment_id`

describe('the Worker’s database role', () => {
  it.each([
    ['mark an appointment as an expired hold', fakeHold],
    ['forge an event', forgeEvent],
    ['remove an event', 'delete from events where appointment_id = $1'],
    ['remove an appointment', 'delete from appointments where id = $1'],
    [
      'book past the rules',
      'insert into appointments (doctor_id, start_at, end_at) select doctor_id, start_at, end_at from appointments where id = $1',
    ],
    ['move an anchor', 'update event_heads set event_count = 9 where appointment_id = $1'],
    ['remove an anchor', 'delete from event_heads where appointment_id = $1'],
    [
      'write a tombstone',
      `insert into tombstones select appointment_id, 1, '', now(), '' from event_heads where appointment_id = $1`,
    ],
    ['append an event', `select append_event(events) from events where appointment_id = $1`],
    [
      'write the security log past its function',
      `insert into security_events (at, kind, actor_kind) select now(), 'role.changed', 'system' where $1 > 0`,
    ],
  ])('cannot %s', async (_, statement) => {
    const id = await book()
    await expect(app.query(statement, [id])).rejects.toMatchObject({ code: '42501' })
    expect(await broken()).toEqual([])
  })

  it('cannot make the clinic’s functions write to tables of its own', async () => {
    await app.query(
      'create temp table events (like public.events); create temp table appointments (like public.appointments)',
    )
    const { rows } = await app.query(
      `select begin_appointment(
         jsonb_populate_record(null::public.appointments, $1), jsonb_populate_record(null::wish, $2), jsonb_populate_record(null::acting, $3)
       )`,
      beginning({ status: 'booked', event: 'appointment.booked', asOf: now }),
    )
    expect(
      (await app.query('select from pg_temp.appointments union all select from pg_temp.events')).rowCount,
    ).toBe(0)
    await app.query('drop table pg_temp.events, pg_temp.appointments')
    expect(rows[0].begin_appointment[0][0].id).toBeGreaterThan(0)
  })

  it('cannot have a released hold forgotten early by a clock of its own', async () => {
    const id = await release()
    const { rows } = await app.query(`select forget_holds('3000-01-01', 1000) as many`)
    expect(rows).toEqual([{ many: 0 }])
    expect((await sql.query('select from appointments where id = $1', [id])).rowCount).toBe(1)
  })

  it('cannot have an appointment forgotten that it booked in the past as a hold', async () => {
    const asOf = new Date('2020-01-01T01:00:00Z')
    for (const status of ['pending', 'booked']) {
      const { rows } = await app.query(
        `select begin_appointment(
           jsonb_populate_record(null::appointments, $1), jsonb_populate_record(null::wish, $2), jsonb_populate_record(null::acting, $3)
         )`,
        beginning({ status, event: 'appointment.held', asOf }),
      )
      const [[{ id }]] = rows[0].begin_appointment
      expect(id).toBeGreaterThan(0)
      expect((await app.query('select forget_holds(now(), 1000) as many')).rows).toEqual([{ many: 0 }])
      expect((await sql.query('select from appointments where id = $1', [id])).rowCount).toBe(1)
    }
  })
})

/** What `begin_appointment` takes. */
function beginning({ status, event, asOf }: { status: string; event: string; asOf: Date }): string[] {
  minutes += 30
  const startAt = new Date(asOf.getTime() + minutes * 60_000)
  const local = (at: Date) => new Date(at.getTime() + 7 * 3_600_000).toISOString().slice(0, 19)
  return [
    {
      doctor_id: doctorId,
      patient_id: patientId,
      status,
      override_reason: 'Because',
      hold_expires_at: status === 'pending' ? new Date(asOf.getTime() + 600_000) : null,
    },
    { event, starts: local(startAt), ends: local(new Date(startAt.getTime() + 1_800_000)) },
    { as_of: asOf, actor_kind: 'front_desk', request_id: 'forged', by_desk: true },
  ].map((one) => JSON.stringify(one))
}

it('the history of an appointment says who else takes part, and misses one who was removed', async () => {
  const colleagueId = await hireDoctor(sql)
  await sql.query('update doctors set location_id = (select location_id from doctors where id = $1)', [
    doctorId,
  ])
  const people = { colleagueIds: [colleagueId], companionIds: [await registerPatient(sql)] }
  const wish = { doctorId, patientId, ...people, ...times() }
  const { id } = await appointmentOf(bookAppointment(context({ now }), wish))
  expect(await broken()).toEqual([])
  await sql.query(`delete from claims where appointment_id = $1 and part = 'colleague' returning *`, [id])
  expect(await broken()).toEqual([{ appointmentId: id, number: 1, what: 'unrecorded' }])
  await sql.query('delete from event_heads where appointment_id = $1', [id])
  await sql.query('delete from events where appointment_id = $1', [id])
  await sql.query('delete from appointments where id = $1', [id])
})

describe('with the rights that it once had, npm run audit:verify shows', () => {
  beforeAll(() => sql.query('grant insert, update, delete on appointments, events to alobooking_app'))
  beforeEach(async () => expect(await broken()).toEqual([]))

  /** Attacks one appointment and removes what is left of it, so that the next attack starts from sound history. */
  async function attack(statements: string[]): Promise<{ id: number; found: unknown[] }> {
    const id = await book()
    for (const statement of statements) await app.query(statement, statement.includes('$1') ? [id] : [])
    const found = await broken()
    for (const table of ['events', 'event_heads'])
      await sql.query(`delete from ${table} where appointment_id = $1`, [id])
    await sql.query('delete from appointments where id = $1', [id])
    return { id, found }
  }

  it('an appointment marked as an expired hold, which is not forgotten', async () => {
    const { id, found } = await attack([fakeHold, 'select forget_holds(now(), 1000)'])
    expect(found).toEqual([{ appointmentId: id, number: 1, what: 'unrecorded' }])
  })

  it('an appointment that was removed with its events', async () => {
    const { id, found } = await attack([
      'delete from events where appointment_id = $1',
      'delete from appointments where id = $1',
    ])
    expect(found).toEqual([{ appointmentId: id, number: 0, what: 'removed' }])
  })

  it('a forged event with a correct hash', async () => {
    const { id, found } = await attack([forgeEvent])
    expect(found).toEqual([{ appointmentId: id, number: 2, what: 'forged' }])
  })

  it('a last event that was cut off, with an appointment that fits', async () => {
    const id = await book()
    await checkIn(context({ now: new Date(now.getTime() + minutes * 60_000) }), id)
    await app.query('delete from events where appointment_id = $1 and number = 2', [id])
    await app.query(
      `update appointments set status = 'booked', event_count = 1, last_event_hash = events.hash
       from events where appointment_id = appointments.id and appointments.id = $1`,
      [id],
    )
    expect(await broken()).toEqual([{ appointmentId: id, number: 1, what: 'end' }])
  })
})
