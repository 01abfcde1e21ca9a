import { describe, expect, it } from 'vitest'
import { bookAppointment } from '../../../src/clinic/appointments/book.ts'
import { findEvents } from '../../../src/clinic/appointments/find-events.ts'
import { rescheduleAppointment } from '../../../src/clinic/appointments/reschedule.ts'
import { undoLastChange } from '../../../src/clinic/appointments/undo-last.ts'
import type { ClinicContext } from '../../../src/clinic/context.ts'
import { type ChangeLocation, changeLocation } from '../../../src/clinic/locations/change.ts'
import { planMessages } from '../../../src/clinic/messages/plan.ts'
import { verifyEvents } from '../../../src/clinic/verify-events.ts'
import { appointmentOf } from '../../support/answers.ts'
import { openClinic } from '../../support/clinic.ts'
import {
  defineVisitType,
  hireDoctor,
  locationOf,
  openAccount,
  openPatient,
  registerPatient,
} from '../../support/people.ts'

const clinic = await openClinic({ worker: false })
const { sql } = clinic
/** A Monday, 08:30 in Jakarta and 09:30 in Makassar. */
const now = new Date('2026-12-07T01:30Z')
const admin = { kind: 'admin', accountId: await openAccount(sql, { role: 'admin' }) } as const
const as = (particulars: Partial<ClinicContext> = {}) => clinic.context({ now, ...particulars })
const visitTypeId = await defineVisitType(sql, { name: 'Consultation', minutes: 30 })

/** A doctor in Jakarta, every day from nine to five. */
async function openPlace(hours = { opensAt: '09:00', closesAt: '17:00' }) {
  const weekdays = [1, 2, 3, 4, 5, 6, 7]
  const doctorId = await hireDoctor(sql, { visitTypes: [visitTypeId], hours: [{ weekdays, ...hours }] })
  return { doctorId, locationId: await locationOf(sql, doctorId) }
}

const correct = (locationId: number, wish: ChangeLocation = {}, ctx = as({ actor: admin })) =>
  changeLocation(ctx, locationId, { timeZone: 'Asia/Makassar', ...wish })

async function book(doctorId: number, startAt: string, wish: object = {}) {
  const patientId = await registerPatient(sql)
  return appointmentOf(bookAppointment(as(), { doctorId, patientId, visitTypeId, startAt, ...wish }))
}

/** When it is, by instant and by its location's clock. */
async function timeOf(id: number) {
  const { rows } = await sql.query(
    `select to_char(one.start_at at time zone 'UTC', 'MM-DD HH24:MI') || 'Z' as instant,
       to_char(one.start_at at time zone location.time_zone, 'MM-DD HH24:MI') as clock, one.event_count as version
     from appointments one join locations location on location.id = one.location_id where one.id = $1`,
    [id],
  )
  return rows[0]
}

async function plan(at: Date) {
  while (await planMessages(clinic.context({ actor: { kind: 'system' }, now: at }))) {}
}

async function messagesOf(id: number) {
  const { rows } = await sql.query(
    `select kind, to_char(due_at at time zone 'UTC', 'MM-DD HH24:MI') || 'Z' as due
     from messages join message_appointments about on about.message_id = messages.id
     where about.appointment_id = $1 order by kind, due_at`,
    [id],
  )
  return rows.map(({ kind, due }) => [kind, due])
}

/** What each message says of the time before and now. */
async function toldOf(id: number) {
  const { rows } = await sql.query(
    `select kind, told -> 'before' ->> 'start_local' as before, told ->> 'start_local' as now
     from messages message
     cross join lateral appointments_in_message(message, $2) one
     where message.kind <> 'reminder' and (told ->> 'id')::bigint = $1
     order by message.id`,
    [id, now],
  )
  return rows.map(({ kind, before, now: time }) => [kind, before, time])
}

describe('after a correction', () => {
  it('the last change before it can be undone, at its clock time', async () => {
    const { doctorId, locationId } = await openPlace()
    const { id } = await book(doctorId, '2026-12-08T09:00')
    await appointmentOf(rescheduleAppointment(as(), { id, startAt: '2026-12-08T14:00' }))
    await correct(locationId, { keeps: 'clock_time' })
    expect(await undoLastChange(as(), { id, version: 3 })).toMatchObject({ ok: true })
    expect(await timeOf(id)).toEqual({ instant: '12-08 01:00Z', clock: '12-08 09:00', version: 4 })
    const kinds = (await findEvents(as(), id)).map(({ kind }) => kind)
    expect(kinds).toEqual([
      'appointment.booked',
      'appointment.rescheduled',
      'appointment.time_zone_corrected',
      'appointment.rescheduled',
    ])
    expect((await verifyEvents(as().db)).broken).toEqual([])
  })

  it('the event says who did it, and both zones', async () => {
    const { doctorId, locationId } = await openPlace()
    const { id } = await book(doctorId, '2026-12-08T09:00')
    await correct(locationId, { keeps: 'clock_time' })
    expect((await findEvents(as(), id)).at(-1)).toMatchObject({
      actor: 'admin',
      account_id: admin.accountId,
      before: {
        start_at: '2026-12-08T02:00:00.000000Z',
        time_zone: 'Asia/Jakarta',
        new_time_zone: 'Asia/Makassar',
      },
      after: { start_at: '2026-12-08T01:00:00.000000Z' },
    })
  })

  it('whoever said that they will come still comes, and what stays as it is still stays', async () => {
    const { doctorId, locationId } = await openPlace()
    const { id } = await book(doctorId, '2026-12-08T09:00')
    await sql.query(
      `insert into appointment_responses (appointment_id, patient_id, start_at, responded_at)
       select id, patient_id, start_at, now() from appointments where id = $1`,
      [id],
    )
    await sql.query(
      `insert into strandings (appointment_id, version, stays_start_at)
       select id, 1, start_at from appointments where id = $1`,
      [id],
    )
    await correct(locationId, { keeps: 'clock_time' })
    const { rows } = await sql.query(
      `select response.start_at = one.start_at as comes, noted.stays_start_at = one.start_at as stays
       from appointments one join appointment_responses response on response.appointment_id = one.id
       join strandings noted on noted.appointment_id = one.id where one.id = $1`,
      [id],
    )
    expect(rows).toEqual([{ comes: true, stays: true }])
  })

  it('a reminder goes out so many days before on the new clock', async () => {
    const { doctorId, locationId } = await openPlace()
    const patientId = await registerPatient(sql)
    await openPatient(sql, [patientId])
    const ctx = as({ now: new Date('2026-11-20T00:00Z') })
    const wish = { doctorId, patientId, visitTypeId, startAt: '2026-12-11T09:00' }
    const { id } = await appointmentOf(bookAppointment(ctx, wish))
    await plan(now)
    expect(await messagesOf(id)).toContainEqual(['reminder', '12-08 02:00Z'])
    await correct(locationId, { keeps: 'clock_time' })
    expect(await messagesOf(id)).toContainEqual(['reminder', '12-08 01:00Z'])
    await plan(now)
    expect((await messagesOf(id)).filter(([kind]) => kind === 'reminder')).toHaveLength(1)
  })

  it('nobody is told of a move, and what waits to be told is told as it is now', async () => {
    const { doctorId, locationId } = await openPlace()
    const patientId = await registerPatient(sql)
    await openPatient(sql, [patientId])
    const evening = as({ now: new Date('2026-12-07T16:00Z') })
    const wish = { doctorId, patientId, visitTypeId, startAt: '2026-12-09T09:00' }
    const ctx = as({ now: new Date('2026-11-20T00:00Z') })
    const { id } = await appointmentOf(bookAppointment(ctx, wish))
    await plan(now)
    await appointmentOf(rescheduleAppointment(evening, { id, startAt: '2026-12-09T14:00' }))
    // Once before the move is planned, and once while its message waits for the morning.
    await correct(locationId, { keeps: 'clock_time' }, as({ now: evening.now, actor: admin }))
    await plan(new Date('2026-12-07T16:10Z'))
    expect(await toldOf(id)).toEqual([
      ['booked', null, '2026-12-09T09:00'],
      ['moved', '2026-12-09T09:00', '2026-12-09T14:00'],
    ])
    await correct(
      locationId,
      { keeps: 'clock_time', timeZone: 'Asia/Jayapura' },
      as({ now: evening.now, actor: admin }),
    )
    expect(await toldOf(id)).toEqual([
      ['booked', null, '2026-12-09T09:00'],
      ['moved', '2026-12-09T09:00', '2026-12-09T14:00'],
    ])
    await plan(new Date('2026-12-07T16:20Z'))
    expect(await toldOf(id)).toHaveLength(2)
  })
})
