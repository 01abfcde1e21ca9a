import { beforeEach, describe, expect, it } from 'vitest'
import { beginSession } from '../../../src/clinic/appointments/begin-session.ts'
import { bookAppointment } from '../../../src/clinic/appointments/book.ts'
import { cancelAppointment } from '../../../src/clinic/appointments/cancel.ts'
import { changePeople } from '../../../src/clinic/appointments/change-people.ts'
import { changeVisitType } from '../../../src/clinic/appointments/change-visit-type.ts'
import { checkIn } from '../../../src/clinic/appointments/check-in.ts'
import { completeAppointment } from '../../../src/clinic/appointments/complete.ts'
import { confirmAppointment } from '../../../src/clinic/appointments/confirm.ts'
import { declineAppointment } from '../../../src/clinic/appointments/decline.ts'
import { findEvents } from '../../../src/clinic/appointments/find-events.ts'
import { joinSession } from '../../../src/clinic/appointments/join-session.ts'
import { markNoShow } from '../../../src/clinic/appointments/mark-no-show.ts'
import { leaveNote } from '../../../src/clinic/appointments/note.ts'
import { reassignAppointment } from '../../../src/clinic/appointments/reassign.ts'
import { rescheduleAppointment } from '../../../src/clinic/appointments/reschedule.ts'
import { startAppointment } from '../../../src/clinic/appointments/start.ts'
import { undoLastChange } from '../../../src/clinic/appointments/undo-last.ts'
import { takeWalkIn } from '../../../src/clinic/appointments/walk-in.ts'
import type { Actor } from '../../../src/clinic/context.ts'
import { Forbidden, NotFound } from '../../../src/clinic/errors.ts'
import { verifyEvents } from '../../../src/clinic/verify-events.ts'
import { desk, patient } from '../../support/actors.ts'
import { appointmentOf } from '../../support/answers.ts'
import { openClinic } from '../../support/clinic.ts'
import { atOnce } from '../../support/concurrency.ts'
import {
  addResource,
  defineVisitType,
  hireDoctor,
  locationOf,
  openAccount,
  registerPatient,
} from '../../support/people.ts'

const clinic = await openClinic({ worker: false })
const { sql } = clinic
/** A Monday, 08:00 in Jakarta. */
const morning = new Date('2026-11-23T01:00:00Z')
const minutesIn = (minutes: number) => new Date(morning.getTime() + minutes * 60_000)
let [doctorId, otherDoctorId, patientId, otherPatientId] = [0, 0, 0, 0]

beforeEach(async () => {
  doctorId = await hireDoctor(sql)
  otherDoctorId = await hireDoctor(sql)
  patientId = await registerPatient(sql)
  otherPatientId = await registerPatient(sql)
})

const as = (actor: Actor = desk, minutes = 0) => clinic.context({ now: minutesIn(minutes), actor })
const undo = (id: number, minutes = 1, version?: number) =>
  undoLastChange(as(desk, minutes), { id, ...(version !== undefined && { version }) })

/** An hour after the morning, for half an hour. */
const at = (minutes: number) => ({
  startAt: minutesIn(minutes).toISOString(),
  endAt: minutesIn(minutes + 30).toISOString(),
})
const book = (wish: object = {}, actor: Actor = desk) =>
  appointmentOf(bookAppointment(as(actor), { doctorId, patientId, ...at(60), ...wish }))
const kindsOf = async (id: number) => (await findEvents(as(), id)).map(({ kind }) => kind)
const rowOf = async (id: number) =>
  (
    await sql.query(
      'select status, arrived_at, started_at, start_at, doctor_id::int, patient_id::int from appointments where id = $1',
      [id],
    )
  ).rows[0]
const brokenIn = async (ids: number[]) =>
  (await verifyEvents(as().db)).broken.filter(({ appointmentId }) => ids.includes(appointmentId))

describe('what happened on the day', () => {
  it('is taken back step by step: started, arrived, and the booking itself', async () => {
    const { id } = await book()
    await checkIn(as(desk, 40), id)
    await startAppointment(as(desk, 50), id)
    expect(await rowOf(id)).toMatchObject({ arrived_at: minutesIn(40), started_at: minutesIn(50) })
    clinic.takeTrips()
    expect(await undo(id, 51)).toMatchObject({ ok: true, undone: 'appointment.started' })
    expect(clinic.takeTrips()).toHaveLength(1)
    expect(await rowOf(id)).toMatchObject({ status: 'arrived', arrived_at: minutesIn(40), started_at: null })
    expect(await undo(id, 52)).toMatchObject({ ok: true, undone: 'appointment.arrived' })
    expect(await rowOf(id)).toMatchObject({ status: 'booked', arrived_at: null })
    expect(await undo(id, 53)).toMatchObject({ ok: true, undone: 'appointment.booked' })
    expect(await rowOf(id)).toMatchObject({ status: 'cancelled' })
    expect(await undo(id, 54)).toMatchObject({ ok: false, refusal: 'nothing_to_undo' })
    expect(await kindsOf(id)).toEqual([
      'appointment.booked',
      'appointment.arrived',
      'appointment.started',
      'appointment.start_undone',
      'appointment.reopened',
      'appointment.cancelled',
    ])
    expect(await brokenIn([id])).toEqual([])
  })

  it('keeps both times when it is completed, and when that is undone', async () => {
    const { id } = await book()
    await checkIn(as(desk, 40), id)
    await startAppointment(as(desk, 50), id)
    await completeAppointment(as(desk, 80), id)
    const times = { arrived_at: minutesIn(40), started_at: minutesIn(50) }
    expect(await rowOf(id)).toMatchObject({ status: 'fulfilled', ...times })
    await undo(id, 81)
    expect(await rowOf(id)).toMatchObject({ status: 'arrived', ...times })
  })

  it('brings back a no-show, unless the time was taken meanwhile', async () => {
    const { id } = await book()
    await markNoShow(as(desk, 61), id)
    const other = await book({ patientId: otherPatientId })
    expect(await undo(id, 62)).toMatchObject({ ok: false, refusal: 'slot_taken' })
    await cancelAppointment(as(desk, 63), { id: other.id, reason: 'Ill' })
    expect(await undo(id, 64)).toMatchObject({ ok: true, appointment: { status: 'booked' } })
  })

  it('passes over notes and who takes part', async () => {
    const { id } = await book()
    await checkIn(as(desk, 40), id)
    await leaveNote(as(desk, 41), { id, note: 'Needs a wheelchair' })
    await changePeople(as(desk, 42), { id, companionIds: [otherPatientId] })
    expect(await undo(id, 43)).toMatchObject({
      ok: true,
      undone: 'appointment.arrived',
      appointment: { note: 'Needs a wheelchair' },
    })
  })

  it('is not taken back on another day', async () => {
    const { id } = await book()
    await checkIn(as(desk, 40), id)
    expect(await undo(id, 24 * 60)).toMatchObject({ ok: false, refusal: 'not_today' })
  })

  it('cancels a walk-in', async () => {
    const { id, arrivedAt } = await appointmentOf(
      takeWalkIn(as(), { doctorId, patientId, endAt: at(0).endAt }),
    )
    expect(arrivedAt).toEqual(morning)
    expect(await undo(id)).toMatchObject({ ok: true, undone: 'appointment.walked_in' })
    expect(await rowOf(id)).toMatchObject({ status: 'cancelled' })
  })
})

describe('a cancellation', () => {
  it.each(['booked', 'arrived'] as const)('becomes %s again, as it was', async (status) => {
    const { id } = await book()
    if (status === 'arrived') await checkIn(as(desk, 5), id)
    await cancelAppointment(as(desk, 10), { id, reason: 'Ill' })
    expect(await undo(id, 11)).toMatchObject({ ok: true, appointment: { status } })
    expect((await rowOf(id)).arrived_at).toEqual(status === 'arrived' ? minutesIn(5) : null)
    expect(await brokenIn([id])).toEqual([])
  })

  it('of someone in a group gives them a place again, and later undoing keeps that one', async () => {
    const groupId = await defineVisitType(sql, { name: `Group ${doctorId}`, capacity: 3 })
    await sql.query('insert into doctor_visit_types values ($1, $2)', [doctorId, groupId])
    const wish = { doctorId, visitTypeId: groupId, startAt: minutesIn(60).toISOString() }
    const { id: sessionId } = await appointmentOf(beginSession(as(), wish))
    const { id } = await appointmentOf(joinSession(as(), { sessionId, patientId }))
    await checkIn(as(), id)
    await cancelAppointment(as(), { id, reason: 'Ill' })
    await appointmentOf(joinSession(as(), { sessionId, patientId: otherPatientId }))
    expect(await undo(id, 1)).toMatchObject({ appointment: { status: 'arrived' } })
    expect(await undo(id, 2)).toMatchObject({ appointment: { status: 'booked' } })
    await cancelAppointment(as(), { id, reason: 'Ill' })
    for (let n = 0; n < 2; n++) {
      const other = await registerPatient(sql)
      await appointmentOf(joinSession(as(), { sessionId, patientId: other }))
    }
    expect(await undo(id, 3)).toMatchObject({ refusal: 'session_full' })
  })

  it('of someone in a group leaves nobody at another time than the group', async () => {
    const groupId = await defineVisitType(sql, { name: `Moving group ${doctorId}`, capacity: 3 })
    await sql.query('insert into doctor_visit_types values ($1, $2)', [doctorId, groupId])
    const wish = { doctorId, visitTypeId: groupId, startAt: minutesIn(60).toISOString() }
    const { id: sessionId } = await appointmentOf(beginSession(as(), wish))
    const [stays, leaves, comes] = [
      await appointmentOf(joinSession(as(), { sessionId, patientId })),
      await appointmentOf(joinSession(as(), { sessionId, patientId: otherPatientId })),
      await appointmentOf(joinSession(as(), { sessionId, patientId: await registerPatient(sql) })),
    ]
    await cancelAppointment(as(), { id: leaves.id, reason: 'Ill' })
    await checkIn(as(), comes.id)
    await appointmentOf(rescheduleAppointment(as(), { id: sessionId, startAt: minutesIn(120).toISOString() }))
    expect(await undo(stays.id, 2)).toMatchObject({ refusal: 'nothing_to_undo' })
    expect(await undo(leaves.id, 2)).toMatchObject({ refusal: 'nothing_to_undo' })
    expect(await undo(comes.id, 2)).toMatchObject({ refusal: 'nothing_to_undo' })
  })

  it('is undone until the start, but not later than its day', async () => {
    const days = 24 * 60
    const { id } = await book(at(5 * days))
    await cancelAppointment(as(), { id, reason: 'Ill' })
    expect(await undo(id, 5 * days)).toMatchObject({ ok: false, refusal: 'not_today' })
    expect(await undo(id, 5 * days - 1)).toMatchObject({ ok: true })
  })

  it('by the patient is undone, too, and a booking by the patient is not', async () => {
    const { id } = await book()
    await cancelAppointment(as(patient(patientId)), { id })
    expect(await undo(id)).toMatchObject({ ok: true })
    await sql.query(`update events set actor_kind = 'patient' where appointment_id = $1 and number = 1`, [id])
    expect(await undo(id, 2)).toMatchObject({ ok: false, refusal: 'nothing_to_undo' })
  })

  it('says who has the time now: the doctor or the patient', async () => {
    const { id } = await book()
    await cancelAppointment(as(), { id, reason: 'Ill' })
    const own = await book({ doctorId: otherDoctorId })
    expect(await undo(id)).toMatchObject({ refusal: 'patient_busy', appointment: { status: 'cancelled' } })
    await cancelAppointment(as(), { id: own.id, reason: 'Ill' })
    await book({ patientId: otherPatientId })
    expect(await undo(id)).toMatchObject({ refusal: 'slot_taken' })
  })

  it('does not bring back a patient who has died', async () => {
    const { id } = await book()
    await cancelAppointment(as(), { id, reason: 'Died' })
    await sql.query('update patients set is_deceased = true, is_active = false where id = $1', [patientId])
    expect(await undo(id)).toMatchObject({ refusal: 'patient_inactive' })
  })
})

describe('a move', () => {
  it('goes back to the former time, override and room', async () => {
    const room = await addResource(sql, await locationOf(sql, doctorId))
    const other = await addResource(sql, await locationOf(sql, doctorId))
    const { id } = await book({ resourceIds: [room], overrideReason: 'Works mornings' })
    await rescheduleAppointment(as(), {
      id,
      startAt: minutesIn(120).toISOString(),
      resourceIds: [other],
    })
    const undone = await undo(id)
    expect(undone).toMatchObject({
      ok: true,
      undone: 'appointment.rescheduled',
      appointment: { doctor: { id: doctorId }, startAt: minutesIn(60), overrideReason: 'Works mornings' },
    })
    expect(undone.appointment.resources).toMatchObject([{ id: room }])
    expect(await kindsOf(id)).toEqual([
      'appointment.booked',
      'appointment.rescheduled',
      'appointment.rescheduled',
    ])
    expect(await brokenIn([id])).toEqual([])
  })

  it('goes back to the former doctor and location', async () => {
    const { id, location } = await book()
    await rescheduleAppointment(as(), { id, doctorId: otherDoctorId, startAt: minutesIn(120).toISOString() })
    expect(await undo(id)).toMatchObject({ appointment: { doctor: { id: doctorId }, location } })
  })

  it('stays when the former time was taken', async () => {
    const { id } = await book()
    await rescheduleAppointment(as(), { id, startAt: minutesIn(120).toISOString() })
    await book({ patientId: otherPatientId })
    expect(await undo(id)).toMatchObject({ refusal: 'slot_taken', appointment: { startAt: minutesIn(120) } })
  })

  it('gives the former visit type back', async () => {
    const [first, second] = await atOnce(2, (n) =>
      defineVisitType(sql, { name: `Type ${n}${doctorId}`, minutes: 30 + n * 15 }),
    )
    for (const type of [first, second])
      await sql.query('insert into doctor_visit_types values ($1, $2)', [doctorId, type])
    const { id } = await book({ visitTypeId: first, endAt: undefined })
    await changeVisitType(as(), { id, visitTypeId: second ?? 0 })
    expect(await undo(id)).toMatchObject({
      ok: true,
      appointment: { visitType: { id: first }, endAt: minutesIn(90) },
    })
  })
})

it('gives an appointment back to the former patient, unless they have something else then', async () => {
  const { id } = await book()
  const reassign = () => reassignAppointment(as(), { id, patientId: otherPatientId, reason: 'Wrong sister' })
  await reassign()
  expect(await undo(id)).toMatchObject({ ok: true, undone: 'appointment.reassigned' })
  expect((await rowOf(id)).patient_id).toBe(patientId)
  await reassign()
  await book({ doctorId: otherDoctorId })
  expect(await undo(id)).toMatchObject({ refusal: 'patient_busy' })
})

describe('a request', () => {
  const request = async () => {
    const visitTypeId = await defineVisitType(sql, { name: `Approved ${doctorId}` })
    await sql.query('update visit_types set requires_approval = true where id = $1', [visitTypeId])
    await sql.query('insert into doctor_visit_types values ($1, $2)', [doctorId, visitTypeId])
    const { id } = await book({ ...at(3 * 24 * 60), patientId, visitTypeId, endAt: undefined })
    await sql.query(
      `update appointments set status = 'pending', awaits_approval = true, hold_expires_at = $2 where id = $1`,
      [id, minutesIn(60 * 24)],
    )
    await sql.query(
      `update events set kind = 'appointment.requested', actor_kind = 'patient', after = after || jsonb_build_object('status', 'pending', 'hold_expires_at', $2::text) where appointment_id = $1`,
      [id, minutesIn(60 * 24).toISOString()],
    )
    return id
  }

  it.each([
    ['declined', (id: number) => declineAppointment(as(), { id, reason: 'No referral' })],
    ['confirmed', (id: number) => confirmAppointment(as(), id)],
    ['cancelled', (id: number) => cancelAppointment(as(), { id, reason: 'Ill' })],
  ])('that was %s waits again, until its deadline', async (_, decide) => {
    const id = await request()
    expect(await decide(id)).toMatchObject({ ok: true })
    expect(await undo(id, 60 * 24)).toMatchObject({ refusal: 'hold_expired' })
    expect(await undo(id)).toMatchObject({
      ok: true,
      appointment: { status: 'pending', awaitsApproval: true, holdExpiresAt: minutesIn(60 * 24) },
    })
  })
})

describe('who, and twice', () => {
  it('is for the clinic’s own people; doctors take back what happened to their own', async () => {
    const { id } = await book()
    await checkIn(as(), id)
    await expect(undoLastChange(as(patient(patientId)), { id })).rejects.toBeInstanceOf(Forbidden)
    const actorOf = async (of: number): Promise<Actor> => ({
      kind: 'doctor',
      accountId: await openAccount(sql, { role: 'doctor', doctorId: of }),
      doctorId: of,
    })
    const [other, own] = [await actorOf(otherDoctorId), await actorOf(doctorId)]
    await expect(undoLastChange(as(other), { id })).rejects.toEqual(new NotFound('appointment'))
    expect(await undoLastChange(as(own), { id })).toMatchObject({ ok: true })
  })

  it('with a version, changes nothing the second time, and nothing that was seen too late', async () => {
    const { id } = await book()
    await checkIn(as(), id)
    const first = await undo(id, 1, 2)
    expect(await undo(id, 1, 2)).toEqual({ ...first, undone: 'appointment.booked' })
    expect(await undo(id, 1, 1)).toMatchObject({ ok: false, refusal: 'stale' })
    expect(await kindsOf(id)).toHaveLength(3)
  })

  it('tells what changed in the calendar', async () => {
    const { id } = await book()
    await cancelAppointment(as(), { id, reason: 'Ill' })
    clinic.takeHappenings()
    await undo(id)
    expect(clinic.takeHappenings()).toMatchObject([
      {
        kind: 'appointment.reopened',
        appointmentId: id,
        before: { occupies: false },
        after: { occupies: true },
      },
    ])
  })
})

describe('at once', () => {
  it('two who undo the same are one undo', async () => {
    for (let round = 0; round < 5; round++) {
      const { id } = await book(at(60 + round * 60))
      await checkIn(as(), id)
      const undone = await atOnce(8, () => undo(id, 1, 2))
      expect(undone.every(({ ok }) => ok)).toBe(true)
      expect(await kindsOf(id)).toEqual(['appointment.booked', 'appointment.arrived', 'appointment.reopened'])
    }
  })

  it('an undo and a new booking of its time never both have it', async () => {
    const ids: number[] = []
    for (let round = 0; round < 8; round++) {
      const times = at(60 + round * 60)
      const { id } = await book(times)
      ids.push(id)
      if (round % 2) await cancelAppointment(as(), { id, reason: 'Ill' })
      else
        await rescheduleAppointment(as(), { id, startAt: minutesIn(60 * 24 * 2 + round * 60).toISOString() })
      const [undone, booked] = await Promise.all([
        undo(id),
        bookAppointment(as(), { doctorId, patientId: otherPatientId, ...times }),
      ])
      expect([undone.ok, booked.ok].filter(Boolean)).toHaveLength(1)
      expect(undone.ok ? booked : undone).toMatchObject({ refusal: 'slot_taken' })
    }
    const { rows } = await sql.query(
      `select from claims one join claims other on one.resource_id = other.resource_id and one.during && other.during and one.appointment_id < other.appointment_id`,
    )
    expect(rows).toEqual([])
    expect(await brokenIn(ids)).toEqual([])
  })
})
