import { beforeAll, describe, expect, it } from 'vitest'
import { appointmentStatuses } from '../../../drizzle/schema/appointments.ts'
import { bookAppointment } from '../../../src/clinic/appointments/book.ts'
import { bookHold } from '../../../src/clinic/appointments/book-hold.ts'
import { cancelAppointment } from '../../../src/clinic/appointments/cancel.ts'
import { checkIn } from '../../../src/clinic/appointments/check-in.ts'
import { completeAppointment } from '../../../src/clinic/appointments/complete.ts'
import { extendHold } from '../../../src/clinic/appointments/extend-hold.ts'
import { findEvents } from '../../../src/clinic/appointments/find-events.ts'
import { markNoShow } from '../../../src/clinic/appointments/mark-no-show.ts'
import { releaseHold } from '../../../src/clinic/appointments/release-hold.ts'
import { rescheduleAppointment } from '../../../src/clinic/appointments/reschedule.ts'
import { startAppointment } from '../../../src/clinic/appointments/start.ts'
import { transitions } from '../../../src/clinic/appointments/transitions.ts'
import { undo } from '../../../src/clinic/appointments/undo.ts'
import type { Actor } from '../../../src/clinic/context.ts'
import { NotFound } from '../../../src/clinic/errors.ts'
import { verifyEvents } from '../../../src/clinic/verify-events.ts'
import { desk, patient } from '../../support/actors.ts'
import { appointmentOf } from '../../support/answers.ts'
import { openClinic } from '../../support/clinic.ts'
import { atOnce, untilBlocked } from '../../support/concurrency.ts'
import { defineVisitType, hireDoctor, locationOf, registerPatient } from '../../support/people.ts'

const clinic = await openClinic({ worker: false })
const { sql } = clinic
/** A Monday, 08:00 in Jakarta. */
const morning = new Date('2026-11-23T01:00:00Z')
let [doctorId, patientId] = [0, 0]

beforeAll(async () => {
  doctorId = await hireDoctor(sql)
  patientId = await registerPatient(sql)
})

const as = (actor: Actor = desk, now = morning) => clinic.context({ now, actor })
const self = () => patient(patientId)

let hour = 1
/** Books an hour after the last one. */
async function agree(wish: { visitTypeId?: number; startAt?: string } = {}): Promise<number> {
  hour += 1
  const startAt = new Date(morning.getTime() + hour * 3_600_000).toISOString()
  const endAt = new Date(Date.parse(wish.startAt ?? startAt) + 1_800_000).toISOString()
  const booking = bookAppointment(as(), { doctorId, patientId, startAt, endAt, ...wish })
  return (await appointmentOf(booking)).id
}

const kindsOf = async (id: number) => (await findEvents(as(), id)).map(({ kind }) => kind)

describe('every status and verb', () => {
  const verbs = {
    cancel: (id: number) => cancelAppointment(as(), { id, reason: 'Snow' }),
    'check in': (id: number) => checkIn(as(), id),
    'undo check-in': (id: number) => undo(as(), id, 'undo check-in'),
    start: (id: number) => startAppointment(as(), id),
    'undo start': (id: number) => undo(as(), id, 'undo start'),
    complete: (id: number) => completeAppointment(as(), id),
    'undo completion': (id: number) => undo(as(), id, 'undo completion'),
    'mark no-show': (id: number) => markNoShow(as(desk, new Date('2026-11-24T16:00Z')), id),
    'undo no-show': (id: number) => undo(as(), id, 'undo no-show'),
    extend: (id: number) => extendHold(as(), id),
    release: (id: number) => releaseHold(as(), id),
    'book hold': (id: number) => bookHold(as(), { holdId: id }),
    reschedule: (id: number) => rescheduleAppointment(as(), { id, startAt: '2026-11-24T10:00' }),
  }
  const pairs = appointmentStatuses.flatMap((status) =>
    (Object.keys(verbs) as (keyof typeof verbs)[]).map((verb) => [status, verb] as const),
  )

  it.each(pairs)('%s, %s: follows the table of transitions', async (status, verb) => {
    const id = await agree()
    await sql.query(
      `update appointments
       set status = $1, hold_expires_at = case when $1 = 'pending' then timestamptz '2026-11-24' end,
         awaits_approval = $1 = 'pending' and $3,
         arrived_at = case when $1 = 'arrived' then timestamptz '2026-11-23' end,
         started_at = case when $1 = 'arrived' and $4 then timestamptz '2026-11-23 01:00Z' end
       where id = $2`,
      // A hold is released; what waits for approval is cancelled.
      [status, id, verb === 'cancel', verb === 'undo start'],
    )
    const { from, to } = transitions[verb]
    const isAllowed = (from as readonly string[]).includes(status)
    const changed = await verbs[verb](id)
    const isDone = status === to && !isAllowed && verb !== 'book hold'
    const expected = isAllowed || isDone ? { ok: true } : { ok: false, refusal: 'wrong_status' }
    expect(changed).toMatchObject(expected)
    const { rows } = await sql.query('select status, event_count from appointments where id = $1', [id])
    expect(rows).toEqual([{ status: isAllowed ? to : status, event_count: isAllowed ? 2 : 1 }])
    await sql.query(`update appointments set status = 'cancelled' where id = $1`, [id])
    hour = 1
  })
})

describe('cancelling', () => {
  it('frees the time in one trip, and answers the same again', async () => {
    const id = await agree()
    clinic.takeTrips()
    const cancelled = await cancelAppointment(as(), { id, reason: 'Snow' })
    expect(clinic.takeTrips()).toHaveLength(1)
    expect(cancelled).toMatchObject({ ok: true, appointment: { status: 'cancelled', version: 2 } })
    expect(await cancelAppointment(as(), { id, reason: 'Snow', version: 1 })).toEqual(cancelled)
    expect(await kindsOf(id)).toEqual(['appointment.booked', 'appointment.cancelled'])
    if (!cancelled.ok) return
    const { startAt, endAt } = cancelled.appointment
    const times = { startAt: startAt.toISOString(), endAt: endAt.toISOString() }
    expect(await bookAppointment(as(), { doctorId, patientId, ...times })).toMatchObject({ ok: true })
  })

  it('needs a reason from the front desk, but not from the patient', async () => {
    const id = await agree()
    const missing = { ok: false, refusal: 'invalid', faults: { reason: 'missing' } }
    expect(await cancelAppointment(as(), { id })).toEqual(missing)
    expect(await cancelAppointment(as(self()), { id })).toMatchObject({ ok: true })
  })

  it('is too late for a patient within the notice, but never for the front desk', async () => {
    const visitTypeId = await defineVisitType(sql, { name: 'With notice' })
    await sql.query('update visit_types set cancellation_notice_minutes = 120 where id = $1', [visitTypeId])
    await sql.query('insert into doctor_visit_types values ($1, $2)', [doctorId, visitTypeId])
    const startAt = '2026-11-25T06:00:00.000Z'
    const id = await agree({ visitTypeId, startAt })
    const twoHoursBefore = new Date('2026-11-25T04:00:00Z')
    expect(await cancelAppointment(as(self(), twoHoursBefore), { id })).toMatchObject({
      refusal: 'too_late',
    })
    const stillInTime = new Date(twoHoursBefore.getTime() - 1)
    expect(await cancelAppointment(as(self(), stillInTime), { id })).toMatchObject({ ok: true })
    const again = await agree({ visitTypeId, startAt })
    expect(await cancelAppointment(as(desk, twoHoursBefore), { id: again, reason: 'Ill' })).toMatchObject({
      ok: true,
    })
  })

  it('does not find another patient’s appointment', async () => {
    const id = await agree()
    const stranger: Actor = { kind: 'patient', accountId: 4, patientIds: [await registerPatient(sql)] }
    await expect(cancelAppointment(as(stranger), { id })).rejects.toEqual(new NotFound('appointment'))
    await expect(cancelAppointment(as(), { id: 999_999, reason: 'No' })).rejects.toEqual(
      new NotFound('appointment'),
    )
    expect(await kindsOf(id)).toEqual(['appointment.booked'])
  })

  it('is refused from an older version', async () => {
    const id = await agree()
    expect(await cancelAppointment(as(), { id, reason: 'Snow', version: 7 })).toMatchObject({
      refusal: 'stale',
    })
    expect(await cancelAppointment(as(), { id, reason: 'Snow', version: 1 })).toMatchObject({ ok: true })
  })

  it('32 times at once makes one change and gives one answer', async () => {
    const id = await agree()
    const answers = await atOnce(32, () => cancelAppointment(as(), { id, reason: 'Snow' }))
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
    expect(await kindsOf(id)).toEqual(['appointment.booked', 'appointment.cancelled'])
  })
})

describe('on the day', () => {
  it('check-in works only on the appointment’s date at the location', async () => {
    const id = await agree({ startAt: '2026-11-26T01:00:00.000Z' })
    const inJakarta = (time: string) => as(desk, new Date(`2026-11-${time}+07:00`))
    expect(await checkIn(inJakarta('25T23:59'), id)).toMatchObject({ refusal: 'not_today' })
    expect(await checkIn(inJakarta('27T00:00'), id)).toMatchObject({ refusal: 'not_today' })
    expect(await checkIn(inJakarta('26T00:00'), id)).toMatchObject({ ok: true })
    expect(await undo(inJakarta('27T00:00'), id, 'undo check-in')).toMatchObject({ refusal: 'not_today' })
    expect(await undo(inJakarta('26T23:59'), id, 'undo check-in')).toMatchObject({
      ok: true,
      appointment: { status: 'booked' },
    })
  })

  it('an undo waits for a check-in under way, even while the doctor changes', async () => {
    const id = await agree({ startAt: '2026-11-26T09:00:00.000Z' })
    const then = as(desk, new Date('2026-11-26T09:00:00Z'))
    const holder = await sql.connect()
    await holder.query('begin')
    const other = await hireDoctor(sql)
    await holder.query('update appointments set doctor_id = $1 where id = $2', [other, id])
    const arriving = checkIn(then, id)
    await untilBlocked(sql, 1)
    const undoing = undo(then, id, 'undo check-in')
    await untilBlocked(sql, 2)
    await holder.query('commit')
    holder.release()
    expect(await arriving).toMatchObject({ ok: true, appointment: { doctor: { id: other } } })
    expect(await undoing).toMatchObject({ ok: true, appointment: { status: 'booked', version: 3 } })
  })

  it('a no-show cannot be marked before the start', async () => {
    const id = await agree({ startAt: '2026-11-26T03:00:00.000Z' })
    const at = (time: string) => as(desk, new Date(`2026-11-26T${time}Z`))
    expect(await markNoShow(at('02:59:59'), id)).toMatchObject({ refusal: 'not_yet' })
    expect(await markNoShow(at('03:00:00'), id)).toMatchObject({ ok: true })
  })

  it('a no-show cannot be undone once another patient has the time', async () => {
    const startAt = '2026-11-26T04:00:00.000Z'
    const id = await agree({ startAt })
    const later = as(desk, new Date('2026-11-26T04:05:00Z'))
    await markNoShow(later, id)
    const walkIn = { doctorId, patientId: await registerPatient(sql) }
    const times = { startAt: '2026-11-26T04:05:00Z', endAt: '2026-11-26T04:30:00Z' }
    expect(await bookAppointment(later, { ...walkIn, ...times })).toMatchObject({ ok: true })
    expect(await undo(later, id, 'undo no-show')).toMatchObject({
      refusal: 'slot_taken',
      appointment: { status: 'noshow' },
    })
  })

  it('doctors check in and complete only their own appointments', async () => {
    const id = await agree({ startAt: '2026-11-26T06:00:00.000Z' })
    const now = new Date('2026-11-26T06:00:00Z')
    const own: Actor = { kind: 'doctor', accountId: 5, doctorId }
    const other: Actor = { kind: 'doctor', accountId: 6, doctorId: doctorId + 1 }
    await expect(checkIn(as(other, now), id)).rejects.toEqual(new NotFound('appointment'))
    expect(await checkIn(as(own, now), id)).toMatchObject({ ok: true })
    expect(await completeAppointment(as(own, now), id)).toMatchObject({ ok: true })
    expect((await findEvents(as(own, now), id)).map(({ actor, account_id }) => [actor, account_id])).toEqual([
      ['front_desk', 7],
      ['doctor', 5],
      ['doctor', 5],
    ])
  })
})

describe('the event log', () => {
  it('says who, when and why, with the state before and after', async () => {
    const id = await agree({ startAt: '2026-11-27T02:00:00.000Z' })
    await cancelAppointment(as(), { id, reason: 'Snow' })
    const location_id = await locationOf(sql, doctorId)
    const was = {
      status: 'booked',
      doctor_id: doctorId,
      patient_id: patientId,
      visit_type_id: null,
      location_id,
    }
    const times = { start_at: '2026-11-27T02:00:00.000000Z', end_at: '2026-11-27T02:30:00.000000Z' }
    expect((await findEvents(as(), id)).at(-1)).toEqual({
      number: 2,
      kind: 'appointment.cancelled',
      at: morning,
      actor: 'front_desk',
      account_id: 7,
      api_key_id: null,
      request_id: 'test',
      reason: 'Snow',
      before: { ...was, ...times },
      after: { ...was, ...times, status: 'cancelled' },
    })
  })

  it('cannot be changed or deleted with the application’s rights', async () => {
    const { db } = as()
    for (const statement of ["update events set reason = 'Nothing'", 'delete from events', 'truncate events'])
      await expect(db.execute(statement)).rejects.toMatchObject({ cause: { code: '42501' } })
  })

  it('shows when an event was changed, cut out or cut off', async () => {
    const { db } = as()
    await sql.query(
      'truncate appointments, appointment_responses, message_appointments, claims, events, event_heads, walk_ins, strandings',
    )
    expect((await verifyEvents(db)).broken).toEqual([])
    const starts = ['01', '02', '03'].map((hour) => `2026-11-30T${hour}:00:00.000Z`)
    const ids: number[] = []
    for (const startAt of starts) ids.push(await agree({ startAt }))
    const [changed = 0, cutOut = 0, cutOff = 0] = ids
    const then = as(desk, new Date(starts[0] ?? ''))
    for (const id of [changed, cutOut, cutOff]) {
      await checkIn(then, id)
      await completeAppointment(then, id)
    }
    expect(await verifyEvents(db)).toMatchObject({ broken: [] })
    const events = 'events where appointment_id'
    await sql.query(`update events set reason = 'Nothing' where appointment_id = $1 and number = 2`, [
      changed,
    ])
    await sql.query(`delete from ${events} = $1 and number = 2`, [cutOut])
    await sql.query(`delete from ${events} = $1 and number = 3`, [cutOff])
    expect((await verifyEvents(db)).broken).toEqual([
      { appointmentId: changed, number: 2, what: 'changed' },
      { appointmentId: cutOut, number: 3, what: 'gap' },
      { appointmentId: cutOff, number: 2, what: 'end' },
    ])
  })
})
