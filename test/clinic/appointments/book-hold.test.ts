import { beforeAll, describe, expect, it } from 'vitest'
import { bookAppointment } from '../../../src/clinic/appointments/book.ts'
import { type BookHold, bookHold } from '../../../src/clinic/appointments/book-hold.ts'
import { findEvents } from '../../../src/clinic/appointments/find-events.ts'
import { type HoldSlot, holdSlot } from '../../../src/clinic/appointments/hold.ts'
import { findHold } from '../../../src/clinic/appointments/holds.ts'
import { releaseHold } from '../../../src/clinic/appointments/release-hold.ts'
import { searchAppointments } from '../../../src/clinic/appointments/search.ts'
import type { Actor } from '../../../src/clinic/context.ts'
import { Forbidden, NotFound, NotSignedIn } from '../../../src/clinic/errors.ts'
import { verifyEvents } from '../../../src/clinic/verify-events.ts'
import { openClinic } from '../../support/clinic.ts'
import { defineVisitType, hireDoctor, registerPatient } from '../../support/people.ts'

const clinic = await openClinic({ worker: false })
const { sql } = clinic
/** A Monday, 08:00 in Jakarta; all below is on this day. */
const morning = new Date('2026-11-23T01:00:00Z')
const at = (time: string) => `2026-11-23T${time}`
let visitTypeId: number

beforeAll(async () => {
  visitTypeId = await defineVisitType(sql)
})

const desk: Actor = { kind: 'front_desk', accountId: 7 }
const patient = (...patientIds: number[]): Actor => ({ kind: 'patient', accountId: 3, patientIds })
/** Somebody, so many minutes after eight, in a browser in which a slot was held before anybody signed in. */
const as = (actor: Actor = desk, minutes = 0, browserId?: string) => ({
  ...clinic.context({ actor, now: new Date(morning.getTime() + minutes * 60_000) }),
  ...(browserId && { browser: { id: browserId, addressHash: `network of ${browserId}` } }),
})
const nobody: Actor = { kind: 'anonymous' }

/** A hold of ten o'clock, and who made it; of a new doctor and a new patient, unless told otherwise. */
async function holdTen(wish: Partial<HoldSlot> = {}, holder?: Actor, browserId?: string) {
  const [doctorId, patientId] = [wish.doctorId ?? (await hireDoctor(sql)), await registerPatient(sql)]
  const actor = holder ?? patient(patientId)
  const asked = { doctorId, visitTypeId, startAt: at('10:00'), ...wish }
  const held = await holdSlot(as(actor, 0, browserId), asked)
  if (!held.ok) throw new Error(held.refusal)
  return { holdId: held.appointment.id, doctorId, patientId, actor }
}

const refusalOf = async (actor: Actor, minutes: number, asked: BookHold) => {
  const booked = await bookHold(as(actor, minutes), asked)
  return booked.ok || booked.refusal
}

const whatHappened = async (id: number) => (await findEvents(as(), id)).map(({ kind }) => kind)

describe('who holds a slot', () => {
  it('books it in one trip: it keeps its id, and is a hold no more', async () => {
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

  it('books it again, which is the same answer and no second event', async () => {
    const { holdId, actor } = await holdTen()
    const booked = await bookHold(as(actor), { holdId })
    expect(await bookHold(as(actor, 600), { holdId })).toEqual(booked)
    expect(await whatHappened(holdId)).toHaveLength(2)
  })

  it('keeps both of two that they hold', async () => {
    const { holdId, doctorId, actor } = await holdTen()
    const second = { doctorId, visitTypeId, startAt: at('11:00') }
    const held = await holdSlot(as(actor), second)
    for (const id of [holdId, held.ok ? held.appointment.id : 0])
      expect(await bookHold(as(actor), { holdId: id })).toMatchObject({ ok: true })
  })

  it('books it when the notice has meanwhile begun, and the day is full with it', async () => {
    const strict = await defineVisitType(sql, { name: 'Strict', notice: 115, dailyCap: 1 })
    const doctorId = await hireDoctor(sql, { visitTypes: [strict] })
    const { holdId, actor } = await holdTen({ doctorId, visitTypeId: strict })
    expect(await refusalOf(actor, 9, { holdId })).toBe(true)
  })

  it('books it late, when it has expired but nobody has taken its time', async () => {
    const { holdId, actor } = await holdTen()
    expect(await bookHold(as(actor, 90), { holdId })).toMatchObject({ ok: true, appointment: { id: holdId } })
    expect(await whatHappened(holdId)).toEqual(['appointment.held', 'appointment.booked'])
  })

  it('is too late when somebody else has its time', async () => {
    const { holdId, doctorId, actor } = await holdTen()
    const other = patient(await registerPatient(sql))
    const wish = { doctorId, visitTypeId, startAt: at('10:00') }
    expect(await bookAppointment(as(other, 10), wish)).toMatchObject({ ok: true })
    expect(await refusalOf(actor, 11, { holdId })).toBe('hold_expired')
  })

  it('is too late when it has expired and the rules offer it no more', async () => {
    const capped = await defineVisitType(sql, { name: 'Capped', dailyCap: 1 })
    const doctorId = await hireDoctor(sql, { visitTypes: [capped] })
    const { holdId, actor } = await holdTen({ doctorId, visitTypeId: capped })
    const wish = { doctorId, visitTypeId: capped, startAt: at('15:00') }
    const other = patient(await registerPatient(sql))
    expect(await bookAppointment(as(other, 10), wish)).toMatchObject({ ok: true })
    expect(await refusalOf(actor, 11, { holdId })).toBe('hold_expired')
  })

  it('is too late when it was let go, or when its time has come', async () => {
    const { holdId, actor } = await holdTen()
    expect(await refusalOf(actor, 121, { holdId })).toBe('in_the_past')
    await releaseHold(as(actor), holdId)
    expect(await refusalOf(actor, 1, { holdId })).toBe('hold_expired')
  })

  it('does not book when the doctor is away by now', async () => {
    const { holdId, doctorId, actor } = await holdTen()
    await sql.query('delete from weekly_hours where doctor_id = $1', [doctorId])
    expect(await refusalOf(actor, 9, { holdId })).toBe('outside_hours')
    expect(await refusalOf(actor, 10, { holdId })).toBe('hold_expired')
  })
})

describe('a hold', () => {
  it('of another patient is not there, and nobody books who may not', async () => {
    const { holdId, actor, patientId } = await holdTen()
    const other = await registerPatient(sql)
    const gone = new NotFound('hold')
    await expect(bookHold(as(patient(other)), { holdId })).rejects.toEqual(gone)
    await expect(bookHold(as(patient(other), 0, 'nobody'), { holdId })).rejects.toEqual(gone)
    await expect(bookHold(as(), { holdId: 999_999 })).rejects.toEqual(gone)
    await expect(bookHold(as(nobody, 0, 'nobody'), { holdId })).rejects.toThrow(NotSignedIn)
    await expect(bookHold(as({ kind: 'doctor', accountId: 5, doctorId: 1 }), { holdId })).rejects.toThrow(
      Forbidden,
    )
    expect(await refusalOf(actor, 0, { holdId, patientId: other })).toBe('not_your_patient')
    expect(await refusalOf(actor, 0, { holdId, patientId })).toBe(true)
  })

  it('for a dependant is booked for the dependant, unless another of the account is named', async () => {
    const [self, child] = [await registerPatient(sql), await registerPatient(sql)]
    const family = patient(self, child)
    const first = await holdTen({ patientId: child }, family)
    expect(await bookHold(as(family), first)).toMatchObject({ refusal: 'not_your_patient' })
    const booked = await bookHold(as(family), { holdId: first.holdId })
    expect(booked).toMatchObject({ ok: true, appointment: { patient: { id: child } } })
    const second = await holdTen({ patientId: child, startAt: at('12:00') }, family)
    expect(await bookHold(as(family), { holdId: second.holdId, patientId: self })).toMatchObject({
      ok: true,
      appointment: { patient: { id: self } },
    })
  })

  it('that the front desk made for nobody in particular names a patient when it is booked', async () => {
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

  it('made before signing in is booked for who has signed in since, and is theirs', async () => {
    const { holdId, patientId } = await holdTen({}, nobody, 'one')
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
    await expect(releaseHold(as(nobody, 0, 'one'), holdId)).rejects.toEqual(new NotFound('hold'))
  })

  it('made before signing in is not booked for who is busy then, nor lost', async () => {
    const { holdId, patientId } = await holdTen({}, nobody, 'two')
    const elsewhere = { doctorId: await hireDoctor(sql), visitTypeId, startAt: at('10:15') }
    await bookAppointment(as(patient(patientId)), elsewhere)
    expect(await bookHold(as(patient(patientId), 0, 'two'), { holdId })).toMatchObject({
      refusal: 'patient_busy',
    })
    expect(await findHold(as(nobody, 0, 'two'), holdId)).toMatchObject({ patient: null })
  })

  it('alone may lack a patient: the database refuses to book for nobody', async () => {
    const { holdId } = await holdTen({}, nobody, 'three')
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
