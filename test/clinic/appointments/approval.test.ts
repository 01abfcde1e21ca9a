import { beforeAll, describe, expect, it } from 'vitest'
import { bookAppointment } from '../../../src/clinic/appointments/book.ts'
import { bookHold } from '../../../src/clinic/appointments/book-hold.ts'
import { cancelAppointment } from '../../../src/clinic/appointments/cancel.ts'
import { confirmAppointment } from '../../../src/clinic/appointments/confirm.ts'
import { declineAppointment } from '../../../src/clinic/appointments/decline.ts'
import { extendHold } from '../../../src/clinic/appointments/extend-hold.ts'
import { findAppointment } from '../../../src/clinic/appointments/find.ts'
import { findHold } from '../../../src/clinic/appointments/holds.ts'
import { lapseRequests } from '../../../src/clinic/appointments/lapse-requests.ts'
import { releaseHold } from '../../../src/clinic/appointments/release-hold.ts'
import { searchAppointments } from '../../../src/clinic/appointments/search.ts'
import { NotFound } from '../../../src/clinic/errors.ts'
import { verifyEvents } from '../../../src/clinic/verify-events.ts'
import { desk, patient } from '../../support/actors.ts'
import { appointmentOf } from '../../support/answers.ts'
import { openMondayClinic } from '../../support/monday-clinic.ts'
import { defineVisitType, hireDoctor, openPatient, registerPatient } from '../../support/people.ts'

const { clinic, sql, at, as, hold, kindsOf } = await openMondayClinic()
let visitTypeId: number

beforeAll(async () => {
  visitTypeId = await defineVisitType(sql, { name: 'Operation' })
  await sql.query('update visit_types set requires_approval = true, approval_hours = 5 where id = $1', [
    visitTypeId,
  ])
})

/** A new patient who asks for a time with a new doctor. */
async function request(time = '15:00') {
  const [doctorId, patientId] = [
    await hireDoctor(sql, { visitTypes: [visitTypeId] }),
    await registerPatient(sql),
  ]
  const actor = await openPatient(sql, [patientId])
  const wish = { doctorId, patientId, visitTypeId, startAt: at(time) }
  const appointment = await appointmentOf(bookAppointment(as(actor), wish))
  return { appointment, id: appointment.id, doctorId, patientId, actor, wish }
}

describe('what a patient books of a visit type that needs approval', () => {
  it('waits for the clinic, at most until it starts, and has its time', async () => {
    const { appointment, id, wish } = await request()
    expect(appointment).toMatchObject({
      status: 'pending',
      awaitsApproval: true,
      holdExpiresLocal: at('13:00'),
    })
    expect((await request('11:00')).appointment.holdExpiresLocal).toBe(at('11:00'))
    expect(await kindsOf(id)).toEqual(['appointment.requested'])
    const other = { ...wish, patientId: await registerPatient(sql) }
    expect(await bookAppointment(as(), other)).toMatchObject({ refusal: 'slot_taken' })
    expect(await appointmentOf(bookAppointment(as(), { ...other, startAt: at('16:00') }))).toMatchObject({
      status: 'booked',
      awaitsApproval: false,
    })
  })

  it('waits, too, when a hold of it is booked, once', async () => {
    const [doctorId, patientId] = [
      await hireDoctor(sql, { visitTypes: [visitTypeId] }),
      await registerPatient(sql),
    ]
    const actor = await openPatient(sql, [patientId])
    const { id: holdId } = await hold(as(actor), { doctorId, visitTypeId, startAt: at('15:00') })
    clinic.takeHappenings()
    const booked = await appointmentOf(bookHold(as(actor), { holdId }))
    expect(booked).toMatchObject({
      id: holdId,
      status: 'pending',
      awaitsApproval: true,
      holdExpiresLocal: at('13:00'),
    })
    expect(clinic.takeHappenings()).toMatchObject([{ kind: 'appointment.requested', appointmentId: holdId }])
    expect(await bookHold(as(actor), { holdId })).toMatchObject({ ok: true })
    expect(await kindsOf(holdId)).toEqual(['appointment.held', 'appointment.requested'])
  })

  it('is no hold: it is not released, extended, shown or counted as one', async () => {
    const { id, actor, wish, patientId } = await request()
    expect(await releaseHold(as(actor), id)).toMatchObject({ ok: false, refusal: 'wrong_status' })
    expect(await extendHold(as(actor), id)).toMatchObject({ ok: false, refusal: 'wrong_status' })
    await expect(findHold(as(actor), id)).rejects.toEqual(new NotFound('hold'))
    await sql.query('update clinic_settings set most_holds = 1')
    const another = await hireDoctor(sql)
    await hold(as(actor), { doctorId: another, patientId, visitTypeId: 1, startAt: at('09:00') })
    await sql.query('update clinic_settings set most_holds = 2, most_open_appointments = 1')
    const more = { ...wish, visitTypeId: 1, doctorId: another, startAt: at('17:00') }
    expect(await bookAppointment(as(actor), more)).toMatchObject({ refusal: 'too_many_appointments' })
    await sql.query('update clinic_settings set most_open_appointments = 4')
    const { appointments } = await searchAppointments(as(actor), { limit: 10, from: new Date(at('00:00')) })
    expect(appointments.map((one) => one.id)).toEqual([id])
    const waiting = { limit: 10, status: 'pending', awaitsApproval: 'true', patientId } as const
    const found = await searchAppointments(as(), { ...waiting, from: new Date(at('00:00')) })
    expect(found.appointments.map((one) => one.id)).toEqual([id])
  })
})

describe('the clinic', () => {
  it('confirms it, once, and the doctor only their own', async () => {
    const { id, doctorId, actor } = await request()
    await expect(confirmAppointment(as(actor), id)).rejects.toThrow('You may not')
    const doctor = (doctorId: number) => as({ kind: 'doctor', accountId: 9_000 + doctorId, doctorId })
    await expect(confirmAppointment(doctor(await hireDoctor(sql)), id)).rejects.toEqual(
      new NotFound('appointment'),
    )
    clinic.takeHappenings()
    const confirmed = await appointmentOf(confirmAppointment(doctor(doctorId), id))
    expect(confirmed).toMatchObject({ status: 'booked', awaitsApproval: false, holdExpiresAt: null })
    expect(await confirmAppointment(as(), id)).toMatchObject({ ok: true, appointment: { version: 2 } })
    expect(clinic.takeHappenings().map(({ kind }) => kind)).toEqual(['appointment.confirmed'])
    expect(await declineAppointment(as(), { id, reason: 'Too late' })).toMatchObject({
      refusal: 'wrong_status',
    })
  })

  it('declines it with a reason that the patient reads, and its time is free', async () => {
    const { id, actor, wish } = await request()
    const reason = 'Please bring a referral first'
    await appointmentOf(declineAppointment(as(), { id, reason }))
    const seen = await findAppointment(as(actor), id)
    expect(seen).toMatchObject({ status: 'cancelled', declineReason: reason, holdExpiresAt: null })
    expect(await kindsOf(id)).toEqual(['appointment.requested', 'appointment.declined'])
    await appointmentOf(bookAppointment(as(actor), wish))
  })

  it('neither confirms nor declines a hold', async () => {
    const { id } = await hold(as(), { doctorId: await hireDoctor(sql), visitTypeId: 1, startAt: at('15:00') })
    expect(await confirmAppointment(as(), id)).toMatchObject({ refusal: 'wrong_status' })
    expect(await declineAppointment(as(), { id, reason: 'No' })).toMatchObject({ refusal: 'wrong_status' })
  })
})

describe('a request', () => {
  it('may be cancelled by the patient, whatever the notice', async () => {
    await sql.query('update visit_types set cancellation_notice_minutes = 9999 where id = $1', [visitTypeId])
    const { id, actor } = await request()
    const cancelled = await appointmentOf(cancelAppointment(as(actor), { id }))
    expect(cancelled).toMatchObject({ status: 'cancelled', holdExpiresAt: null, awaitsApproval: false })
    const { id: held } = await hold(as(), {
      doctorId: await hireDoctor(sql),
      visitTypeId: 1,
      startAt: at('15:00'),
    })
    expect(await cancelAppointment(as(), { id: held, reason: 'No' })).toMatchObject({
      refusal: 'wrong_status',
    })
  })

  it('lapses when someone needs its time after the deadline', async () => {
    const { id, wish } = await request()
    const later = { ...wish, patientId: await registerPatient(sql) }
    expect(await bookAppointment(as(desk, 299), later)).toMatchObject({ refusal: 'slot_taken' })
    clinic.takeHappenings()
    await appointmentOf(bookAppointment(as(desk, 300), later))
    expect(clinic.takeHappenings()).toMatchObject([
      { kind: 'appointment.lapsed', appointmentId: id, actorKind: 'system' },
      { kind: 'appointment.booked' },
    ])
    expect(await findAppointment(as(), id)).toMatchObject({ status: 'cancelled', holdExpiresAt: null })
    const booked = await bookAppointment(as(patient(wish.patientId), 301), { ...wish, startAt: at('16:00') })
    expect(booked).toMatchObject({ ok: true })
  })

  it('lapses at night, and counts when it is confirmed a little late', async () => {
    const [{ id }, late] = [await request('15:30'), await request('16:30')]
    await appointmentOf(confirmAppointment(as(desk, 301), late.id))
    const night = clinic.context({ actor: { kind: 'system' }, now: new Date('2026-11-23T23:00:00+07:00') })
    clinic.takeHappenings()
    expect(await lapseRequests(night)).toBeGreaterThan(0)
    expect(clinic.takeHappenings()).toContainEqual(
      expect.objectContaining({ kind: 'appointment.lapsed', appointmentId: id, actorKind: 'system' }),
    )
    expect(await lapseRequests(night)).toBe(0)
    expect(await findAppointment(as(), late.id)).toMatchObject({ status: 'booked' })
    expect(await verifyEvents(clinic.context().db)).toMatchObject({ broken: [] })
  })
})
