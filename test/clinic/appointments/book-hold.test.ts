import { describe, expect, it } from 'vitest'
import { bookAppointment } from '../../../src/clinic/appointments/book.ts'
import { type BookHold, bookHold } from '../../../src/clinic/appointments/book-hold.ts'
import { findEvents } from '../../../src/clinic/appointments/find-events.ts'
import { holdSlot } from '../../../src/clinic/appointments/hold.ts'
import { findHold } from '../../../src/clinic/appointments/holds.ts'
import { releaseHold } from '../../../src/clinic/appointments/release-hold.ts'
import { searchAppointments } from '../../../src/clinic/appointments/search.ts'
import type { Actor } from '../../../src/clinic/context.ts'
import { Forbidden, NotFound, NotSignedIn } from '../../../src/clinic/errors.ts'
import { verifyEvents } from '../../../src/clinic/verify-events.ts'
import { anonymous, desk, doctor, patient } from '../../support/actors.ts'
import { openMondayClinic } from '../../support/monday-clinic.ts'
import { defineVisitType, hireDoctor, registerPatient } from '../../support/people.ts'

const { clinic, sql, visitTypeId, at, as, holdTen, kindsOf } = await openMondayClinic()

const refusalOf = async (actor: Actor, minutes: number, asked: BookHold) => {
  const booked = await bookHold(as(actor, minutes), asked)
  return booked.ok || booked.refusal
}

describe('a patient who holds a slot', () => {
  it('books it in one trip under the same id, and it stops being a hold', async () => {
    const { holdId, patientId, actor } = await holdTen()
    clinic.takeTrips()
    const booked = await bookHold(as(actor, 9), { holdId })
    expect(clinic.takeTrips()).toHaveLength(1)
    const asItIs = {
      id: holdId,
      status: 'booked',
      version: 2,
      patient: { id: patientId },
      holdExpiresAt: null,
    }
    expect(booked).toMatchObject({ ok: true, appointment: asItIs })
    const { appointments } = await searchAppointments(as(), { patientId, limit: 9 })
    expect(appointments).toMatchObject([asItIs])
    await expect(findHold(as(actor), holdId)).rejects.toEqual(new NotFound('hold'))
    expect(await releaseHold(as(actor), holdId)).toMatchObject({ ok: false, refusal: 'wrong_status' })
    const events = await findEvents(as(), holdId)
    expect(events.map(({ kind }) => kind)).toEqual(['appointment.held', 'appointment.booked'])
    expect(events[1]).toMatchObject({
      actor: 'patient',
      before: events[0]?.after,
      after: { status: 'booked' },
    })
    expect((await verifyEvents(as().db)).broken).toEqual([])
  })

  it('gets the same answer on booking again, and no second event', async () => {
    const { holdId, actor } = await holdTen()
    const booked = await bookHold(as(actor), { holdId })
    expect(await bookHold(as(actor, 600), { holdId })).toEqual(booked)
    expect(await kindsOf(holdId)).toHaveLength(2)
  })

  it('can book both of their two holds', async () => {
    const { holdId, doctorId, actor } = await holdTen()
    const second = { doctorId, visitTypeId, startAt: at('11:00') }
    const held = await holdSlot(as(actor), second)
    for (const id of [holdId, held.ok ? held.appointment.id : 0])
      expect(await bookHold(as(actor), { holdId: id })).toMatchObject({ ok: true })
  })

  it('can book it although the notice period has begun and the day is now full', async () => {
    const strict = await defineVisitType(sql, { name: 'Strict', notice: 115, dailyCap: 1 })
    const doctorId = await hireDoctor(sql, { visitTypes: [strict] })
    const { holdId, actor } = await holdTen({ doctorId, visitTypeId: strict })
    expect(await refusalOf(actor, 9, { holdId })).toBe(true)
  })

  it('can book it after it expired if its time is still free', async () => {
    const { holdId, actor } = await holdTen()
    expect(await bookHold(as(actor, 90), { holdId })).toMatchObject({ ok: true, appointment: { id: holdId } })
    expect(await kindsOf(holdId)).toEqual(['appointment.held', 'appointment.booked'])
  })

  it('is too late once another patient has its time', async () => {
    const { holdId, doctorId, actor } = await holdTen()
    const other = patient(await registerPatient(sql))
    const wish = { doctorId, visitTypeId, startAt: at('10:00') }
    expect(await bookAppointment(as(other, 10), wish)).toMatchObject({ ok: true })
    expect(await refusalOf(actor, 11, { holdId })).toBe('hold_expired')
  })

  it('is too late once it has expired and the rules no longer offer its time', async () => {
    const capped = await defineVisitType(sql, { name: 'Capped', dailyCap: 1 })
    const doctorId = await hireDoctor(sql, { visitTypes: [capped] })
    const { holdId, actor } = await holdTen({ doctorId, visitTypeId: capped })
    const wish = { doctorId, visitTypeId: capped, startAt: at('15:00') }
    const other = patient(await registerPatient(sql))
    expect(await bookAppointment(as(other, 10), wish)).toMatchObject({ ok: true })
    expect(await refusalOf(actor, 11, { holdId })).toBe('hold_expired')
  })

  it('is too late once it was released or its time has come', async () => {
    const { holdId, actor } = await holdTen()
    expect(await refusalOf(actor, 121, { holdId })).toBe('in_the_past')
    await releaseHold(as(actor), holdId)
    expect(await refusalOf(actor, 1, { holdId })).toBe('hold_expired')
  })

  it('cannot book it when the doctor no longer works then', async () => {
    const { holdId, doctorId, actor } = await holdTen()
    await sql.query('delete from weekly_hours where doctor_id = $1', [doctorId])
    expect(await refusalOf(actor, 9, { holdId })).toBe('outside_hours')
    expect(await refusalOf(actor, 10, { holdId })).toBe('hold_expired')
  })
})

describe('a hold', () => {
  it('is not found for anyone else, and only those who may book can book it', async () => {
    const { holdId, actor, patientId } = await holdTen()
    const other = await registerPatient(sql)
    const gone = new NotFound('hold')
    await expect(bookHold(as(patient(other)), { holdId })).rejects.toEqual(gone)
    await expect(bookHold(as(patient(other), 0, 'another'), { holdId })).rejects.toEqual(gone)
    await expect(bookHold(as(), { holdId: 999_999 })).rejects.toEqual(gone)
    await expect(bookHold(as(anonymous, 0, 'another'), { holdId })).rejects.toThrow(NotSignedIn)
    await expect(bookHold(as(doctor), { holdId })).rejects.toThrow(Forbidden)
    expect(await refusalOf(actor, 0, { holdId, patientId: other })).toBe('not_your_patient')
    expect(await refusalOf(actor, 0, { holdId, patientId })).toBe(true)
  })

  it('for a dependant is booked for them, unless another patient of the account is named', async () => {
    const [self, child] = [await registerPatient(sql), await registerPatient(sql)]
    const family = patient(self, child)
    const first = await holdTen({ patientId: child }, family)
    expect(await bookHold(as(family), { holdId: first.holdId, patientId: first.patientId })).toMatchObject({
      refusal: 'not_your_patient',
    })
    const booked = await bookHold(as(family), { holdId: first.holdId })
    expect(booked).toMatchObject({ ok: true, appointment: { patient: { id: child } } })
    const second = await holdTen({ patientId: child, startAt: at('12:00') }, family)
    expect(await bookHold(as(family), { holdId: second.holdId, patientId: self })).toMatchObject({
      ok: true,
      appointment: { patient: { id: self } },
    })
  })

  it('that the front desk made without a patient needs one to be booked', async () => {
    const { holdId, patientId } = await holdTen({}, desk)
    const missing = { ok: false, refusal: 'invalid', faults: { patientId: 'missing' } }
    expect(await bookHold(as(), { holdId })).toEqual(missing)
    const unknown = bookHold(as(), { holdId, patientId: 999_999 })
    await expect(unknown).rejects.toEqual(new NotFound('patient'))
    const booked = await bookHold(as(), { holdId, patientId })
    expect(booked).toMatchObject({ ok: true, appointment: { id: holdId, patient: { id: patientId } } })
    expect(await bookHold(as(), { holdId })).toEqual(booked)
    expect(await refusalOf(desk, 0, { holdId, patientId: await registerPatient(sql) })).toBe('wrong_status')
  })

  it('made before signing in is booked for the patient who signed in', async () => {
    const { holdId, patientId } = await holdTen({}, anonymous, 'one')
    const self = patient(patientId)
    await expect(bookHold(as(self), { holdId })).rejects.toEqual(new NotFound('hold'))
    await expect(bookHold(as(self, 0, 'other'), { holdId })).rejects.toEqual(new NotFound('hold'))
    expect(await bookHold(as(self, 0, 'one'), { holdId })).toMatchObject({
      ok: true,
      appointment: { id: holdId, status: 'booked', patient: { id: patientId, name: 'Patient Zero' } },
    })
    const events = await findEvents(as(), holdId)
    expect(events.map(({ actor, after }) => [actor, (after as { patient_id: unknown }).patient_id])).toEqual([
      ['anonymous', null],
      ['patient', patientId],
    ])
    await expect(releaseHold(as(anonymous, 0, 'one'), holdId)).rejects.toEqual(new NotFound('hold'))
  })

  it('made before signing in survives a refusal because the patient is busy', async () => {
    const { holdId, patientId } = await holdTen({}, anonymous, 'two')
    const elsewhere = { doctorId: await hireDoctor(sql), visitTypeId, startAt: at('10:15') }
    await bookAppointment(as(patient(patientId)), elsewhere)
    expect(await bookHold(as(patient(patientId), 0, 'two'), { holdId })).toMatchObject({
      refusal: 'patient_busy',
    })
    expect(await findHold(as(anonymous, 0, 'two'), holdId)).toMatchObject({ patient: null })
  })

  it('is the only status without a patient: the database refuses any other', async () => {
    const { holdId } = await holdTen({}, anonymous, 'three')
    const set = (assignment: string) =>
      sql.query(`update appointments set ${assignment} where id = $1`, [holdId])
    const constraint = 'appointments_only_holds_lack_a_patient'
    await expect(set(`status = 'booked', hold_expires_at = null`)).rejects.toMatchObject({ constraint })
    await expect(set(`status = 'booked'`)).rejects.toMatchObject({ constraint: 'appointments_holds_expire' })
    await expect(set('hold_expires_at = null')).rejects.toMatchObject({ code: '23514' })
    const booked = `insert into appointments (doctor_id, status, start_at, end_at)
      select doctor_id, 'booked', end_at, end_at + interval '30 minutes' from appointments where id = $1`
    await expect(sql.query(booked, [holdId])).rejects.toMatchObject({ constraint })
  })
})
