import { beforeAll, describe, expect, it } from 'vitest'
import { beginSession } from '../../../src/clinic/appointments/begin-session.ts'
import { bookAppointment } from '../../../src/clinic/appointments/book.ts'
import { bookHold } from '../../../src/clinic/appointments/book-hold.ts'
import { cancelAppointment } from '../../../src/clinic/appointments/cancel.ts'
import { cancelSession, moveSession } from '../../../src/clinic/appointments/change-session.ts'
import { changeVisitType } from '../../../src/clinic/appointments/change-visit-type.ts'
import { confirmAppointment } from '../../../src/clinic/appointments/confirm.ts'
import { declineAppointment } from '../../../src/clinic/appointments/decline.ts'
import { findAppointment } from '../../../src/clinic/appointments/find.ts'
import { holdPlace } from '../../../src/clinic/appointments/hold.ts'
import { joinSession } from '../../../src/clinic/appointments/join-session.ts'
import { lapseRequests } from '../../../src/clinic/appointments/lapse-requests.ts'
import { mergePatients } from '../../../src/clinic/appointments/merge-patients.ts'
import { rescheduleAppointment } from '../../../src/clinic/appointments/reschedule.ts'
import { erasePatient } from '../../../src/clinic/retention/erase-patient.ts'
import { verifyEvents } from '../../../src/clinic/verify-events.ts'
import { desk } from '../../support/actors.ts'
import { appointmentOf } from '../../support/answers.ts'
import { atOnce, countDeadlocks } from '../../support/concurrency.ts'
import { openMondayClinic } from '../../support/monday-clinic.ts'
import { defineVisitType, hireDoctor, openPatient, registerPatient } from '../../support/people.ts'

// What happens to appointments that wait for the clinic's approval, besides confirming and declining them.

const { clinic, sql, at, as, kindsOf, statusOf, hold } = await openMondayClinic()
let [operation, longer, group] = [0, 0, 0]

beforeAll(async () => {
  operation = await defineVisitType(sql, { name: 'Operation' })
  longer = await defineVisitType(sql, { name: 'Longer', minutes: 60 })
  group = await defineVisitType(sql, { name: 'Class', capacity: 3 })
  await sql.query('update visit_types set requires_approval = true, approval_hours = 5 where id = any ($1)', [
    [operation, group],
  ])
})

/** A new patient who asks for a time with a new doctor, until 13:00 or its start. */
async function request(time = '15:00') {
  const doctorId = await hireDoctor(sql, { visitTypes: [operation, longer, group] })
  const patientId = await registerPatient(sql)
  const actor = await openPatient(sql, [patientId])
  const wish = { doctorId, patientId, visitTypeId: operation, startAt: at(time) }
  const { id } = await appointmentOf(bookAppointment(as(actor), wish))
  return { id, doctorId, patientId, actor }
}

async function openSession(startAt = at('15:00')) {
  const doctorId = await hireDoctor(sql, { visitTypes: [group] })
  const session = await appointmentOf(beginSession(as(), { doctorId, visitTypeId: group, startAt }))
  return { session: session.id }
}

async function askToJoin(session: number) {
  const patientId = await registerPatient(sql)
  const actor = await openPatient(sql, [patientId])
  const place = await appointmentOf(joinSession(as(actor), { sessionId: session, patientId }))
  return { ...place, patientId, actor }
}

describe('a place in a session that needs approval', () => {
  it('waits for the clinic, whether it was held or not, and is confirmed', async () => {
    const { session } = await openSession()
    const asked = await askToJoin(session)
    expect(asked).toMatchObject({ status: 'pending', awaitsApproval: true, holdExpiresLocal: at('13:00') })
    const patientId = await registerPatient(sql)
    const actor = await openPatient(sql, [patientId])
    const held = await appointmentOf(holdPlace(as(actor), { sessionId: session, patientId }))
    const booked = await appointmentOf(bookHold(as(actor), { holdId: held.id }))
    expect(booked).toMatchObject({ status: 'pending', awaitsApproval: true, holdExpiresLocal: at('13:00') })
    const byDesk = { sessionId: session, patientId: await registerPatient(sql) }
    expect(await appointmentOf(joinSession(as(), byDesk))).toMatchObject({ status: 'booked' })
    const late = { sessionId: session, patientId: await registerPatient(sql) }
    expect(await joinSession(as(), late)).toMatchObject({ refusal: 'session_full' })
    expect(await appointmentOf(confirmAppointment(as(), asked.id))).toMatchObject({ status: 'booked' })
    expect(await kindsOf(asked.id)).toEqual(['appointment.requested', 'appointment.confirmed'])
  })

  it('is free again when it is declined, or lapses because someone wants it', async () => {
    const { session } = await openSession()
    const [one, other] = [await askToJoin(session), await askToJoin(session)]
    await askToJoin(session)
    await appointmentOf(declineAppointment(as(), { id: one.id, reason: 'Too young' }))
    const wish = async () => ({ sessionId: session, patientId: await registerPatient(sql) })
    await appointmentOf(joinSession(as(), await wish()))
    expect(await joinSession(as(desk, 299), await wish())).toMatchObject({ refusal: 'session_full' })
    await appointmentOf(joinSession(as(desk, 301), await wish()))
    expect(await kindsOf(other.id)).toEqual(['appointment.requested', 'appointment.lapsed'])
  })

  it('is cancelled with the session, by name', async () => {
    const { session } = await openSession()
    const asked = await askToJoin(session)
    clinic.takeHappenings()
    expect(await cancelSession(as(), { id: session, reason: 'Ill' })).toMatchObject({ ok: true })
    expect(await findAppointment(as(), asked.id)).toMatchObject({
      status: 'cancelled',
      holdExpiresAt: null,
      awaitsApproval: false,
    })
    expect(await kindsOf(asked.id)).toEqual(['appointment.requested', 'appointment.cancelled'])
    expect(clinic.takeHappenings()).toContainEqual(
      expect.objectContaining({
        kind: 'appointment.cancelled',
        appointmentId: asked.id,
        actorKind: 'front_desk',
      }),
    )
  })

  it('has lapsed when the session is cancelled after its deadline', async () => {
    const { session } = await openSession()
    const asked = await askToJoin(session)
    clinic.takeHappenings()
    await cancelSession(as(desk, 301), { id: session, reason: 'Ill' })
    expect(await kindsOf(asked.id)).toEqual(['appointment.requested', 'appointment.lapsed'])
    expect(clinic.takeHappenings()).toContainEqual(
      expect.objectContaining({ kind: 'appointment.lapsed', appointmentId: asked.id, actorKind: 'system' }),
    )
  })

  it('moves with the session and waits on, at most until that starts', async () => {
    const { session } = await openSession()
    const asked = await askToJoin(session)
    expect(await moveSession(as(), { id: session, startAt: at('11:00') })).toMatchObject({ ok: true })
    expect(await findAppointment(as(), asked.id)).toMatchObject({
      status: 'pending',
      awaitsApproval: true,
      startLocal: at('11:00'),
      holdExpiresLocal: at('11:00'),
    })
  })

  it('moves to another session and waits on', async () => {
    const [from, to] = [await openSession(), await openSession(at('16:00'))]
    const asked = await askToJoin(from.session)
    const moved = rescheduleAppointment(as(asked.actor), { id: asked.id, sessionId: to.session })
    expect(await appointmentOf(moved)).toMatchObject({
      status: 'pending',
      sessionId: to.session,
      holdExpiresLocal: at('13:00'),
    })
  })
})

describe('a request', () => {
  it('is moved by the patient at any notice, and by the front desk, and stays a request', async () => {
    await sql.query('update visit_types set cancellation_notice_minutes = 9999 where id = $1', [operation])
    const { id, actor } = await request()
    const moved = await appointmentOf(rescheduleAppointment(as(actor), { id, startAt: at('16:00') }))
    await sql.query('update visit_types set cancellation_notice_minutes = 0 where id = $1', [operation])
    const waits = { status: 'pending', awaitsApproval: true }
    expect(moved).toMatchObject({ ...waits, startLocal: at('16:00'), holdExpiresLocal: at('13:00') })
    clinic.takeHappenings()
    const earlier = await appointmentOf(rescheduleAppointment(as(), { id, startAt: at('10:00') }))
    expect(earlier).toMatchObject({ ...waits, startLocal: at('10:00'), holdExpiresLocal: at('10:00') })
    expect(clinic.takeHappenings()).toMatchObject([
      { kind: 'appointment.rescheduled', before: { occupies: true }, after: { occupies: true } },
    ])
    const { rows } = await sql.query('select distinct expires_at from claims where appointment_id = $1', [id])
    expect(rows).toEqual([{ expires_at: new Date('2026-11-23T03:00:00Z') }])
    expect(await appointmentOf(confirmAppointment(as(), id))).toMatchObject({ status: 'booked' })
  })

  it('is not moved after its deadline, and a hold never', async () => {
    const { id, actor, doctorId } = await request()
    for (const who of [actor, desk])
      expect(await rescheduleAppointment(as(who, 301), { id, startAt: at('16:00') })).toMatchObject({
        refusal: 'wrong_status',
      })
    const held = await hold(as(), { doctorId, visitTypeId: operation, startAt: at('17:00') })
    expect(await rescheduleAppointment(as(), { id: held.id, startAt: at('18:00') })).toMatchObject({
      refusal: 'wrong_status',
    })
  })

  it('gets another visit type and stays a request', async () => {
    const { id } = await request()
    const changed = await appointmentOf(changeVisitType(as(), { id, visitTypeId: longer }))
    expect(changed).toMatchObject({ status: 'pending', awaitsApproval: true, endLocal: at('16:00') })
  })

  it('goes along when two records of the patient become one', async () => {
    const { id, patientId } = await request()
    const intoId = await registerPatient(sql)
    const merged = await mergePatients(as(), { id: patientId, intoId })
    expect(merged).toMatchObject({ ok: true })
    expect(await findAppointment(as(), id)).toMatchObject({
      patient: { id: intoId },
      status: 'pending',
      awaitsApproval: true,
    })
    expect(await appointmentOf(confirmAppointment(as(), id))).toMatchObject({ status: 'booked' })
  })

  it('is cancelled before its patient is erased, or is in the way', async () => {
    const { id, patientId } = await request()
    expect(await erasePatient(as(), { patientId })).toMatchObject({
      ok: false,
      refusal: 'has_future_appointments',
    })
    expect(await statusOf(id)).toBe('pending')
    expect(await erasePatient(as(), { patientId, cancelAppointments: true })).toMatchObject({ ok: true })
    expect(await findAppointment(as(), id)).toMatchObject({ status: 'cancelled', holdExpiresAt: null })
  })
})

describe('at the same moment', () => {
  const night = () =>
    clinic.context({ actor: { kind: 'system' }, now: new Date('2026-11-23T23:00:00+07:00') })

  it('a confirmation and the lapse never both happen', async () => {
    const before = await countDeadlocks(sql)
    for (let round = 0; round < 5; round++) {
      const { id } = await request()
      await atOnce<unknown>(2, (n) =>
        n === 0 ? confirmAppointment(as(desk, 301), id) : lapseRequests(night()),
      )
      const kinds = await kindsOf(id)
      expect(kinds).toHaveLength(2)
      expect(await statusOf(id)).toBe(kinds[1] === 'appointment.confirmed' ? 'booked' : 'cancelled')
    }
    expect(await countDeadlocks(sql)).toBe(before)
  })

  it('the clinic declines or the patient cancels, and the other changes nothing', async () => {
    for (let round = 0; round < 5; round++) {
      const { id, actor } = await request()
      await atOnce<unknown>(2, (n) =>
        n === 0 ? declineAppointment(as(), { id, reason: 'Full' }) : cancelAppointment(as(actor), { id }),
      )
      expect(await kindsOf(id)).toHaveLength(2)
      expect(await findAppointment(as(), id)).toMatchObject({ status: 'cancelled', holdExpiresAt: null })
    }
  })

  it('a move and a confirmation leave it where it moved, and booked', async () => {
    for (let round = 0; round < 3; round++) {
      const { id, actor } = await request()
      const answers = await atOnce<{ ok: boolean }>(2, (n) =>
        n === 0
          ? confirmAppointment(as(), id)
          : rescheduleAppointment(as(actor), { id, startAt: at('16:00') }),
      )
      expect(answers).toMatchObject([{ ok: true }, { ok: true }])
      const row = await findAppointment(as(), id)
      expect(row).toMatchObject({ status: 'booked', startLocal: at('16:00'), holdExpiresAt: null })
    }
    expect(await verifyEvents(clinic.context().db)).toMatchObject({ broken: [] })
  })
})
