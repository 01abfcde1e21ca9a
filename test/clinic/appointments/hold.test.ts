import { describe, expect, it } from 'vitest'
import { bookAppointment } from '../../../src/clinic/appointments/book.ts'
import { extendHold } from '../../../src/clinic/appointments/extend-hold.ts'
import { findEvents } from '../../../src/clinic/appointments/find-events.ts'
import { holdSlot } from '../../../src/clinic/appointments/hold.ts'
import { findHold } from '../../../src/clinic/appointments/holds.ts'
import { releaseHold } from '../../../src/clinic/appointments/release-hold.ts'
import { searchAppointments } from '../../../src/clinic/appointments/search.ts'
import { Forbidden, NotFound } from '../../../src/clinic/errors.ts'
import { anonymous, desk, doctor, patient } from '../../support/actors.ts'
import { openMondayClinic } from '../../support/monday-clinic.ts'
import { defineVisitType, hireDoctor, registerPatient } from '../../support/people.ts'

const { clinic, sql, visitTypeId, at, minutesLater, as, hold, holdTen, statusOf } = await openMondayClinic()
const stranger = (id: string) => as(anonymous, 0, id)

/** Each event of it, and who caused it. */
const historyOf = async (id: number) =>
  (await findEvents(as(), id)).map(({ kind, actor }) => `${kind} by ${actor}`)

describe('a patient who holds a slot', () => {
  it('keeps it from everyone else for ten minutes, in one trip', async () => {
    const [doctorId, patientId] = [await hireDoctor(sql), await registerPatient(sql)]
    const wish = { doctorId, visitTypeId, startAt: at('10:00') }
    clinic.takeTrips()
    const held = await holdSlot(as(patient(patientId)), wish)
    expect(clinic.takeTrips()).toHaveLength(1)
    expect(held).toMatchObject({
      ok: true,
      appointment: {
        status: 'pending',
        version: 1,
        patient: { id: patientId },
        endLocal: at('10:30'),
        holdExpiresAt: minutesLater(10),
      },
    })
    const other = patient(await registerPatient(sql))
    const taken = { refusal: 'slot_taken', nextFree: { startLocal: at('10:30') } }
    expect(await holdSlot(as(other, 9.99), wish)).toMatchObject(taken)
    expect(await bookAppointment(as(other, 9.99), wish)).toMatchObject(taken)
    if (held.ok) expect(await historyOf(held.appointment.id)).toEqual(['appointment.held by patient'])
  })

  it('gets any free doctor when none is named', async () => {
    const own = await defineVisitType(sql, { name: 'Of two doctors' })
    const doctors = [
      await hireDoctor(sql, { visitTypes: [own] }),
      await hireDoctor(sql, { visitTypes: [own] }),
    ]
    const wish = { visitTypeId: own, startAt: at('10:00') }
    const held = []
    for (const _ of doctors) held.push(await hold(as(patient(await registerPatient(sql))), wish))
    expect(held.map(({ doctor }) => doctor.id).sort((a, b) => a - b)).toEqual(doctors)
    const refused = await holdSlot(as(patient(await registerPatient(sql))), wish)
    expect(refused).toMatchObject({ refusal: 'slot_taken' })
  })

  it('is busy at that time with every other doctor', async () => {
    const { actor } = await holdTen()
    const elsewhere = { doctorId: await hireDoctor(sql), visitTypeId, startAt: at('10:15') }
    expect(await bookAppointment(as(actor), elsewhere)).toMatchObject({ refusal: 'patient_busy' })
    expect(await holdSlot(as(actor), elsewhere)).toMatchObject({ refusal: 'patient_busy' })
  })

  it('holds at most two, and a third only once one is released or has expired', async () => {
    const { holdId, doctorId, actor } = await holdTen()
    await hold(as(actor, 5), { doctorId, startAt: at('11:00') })
    const third = (minutes: number, startAt: string) =>
      holdSlot(as(actor, minutes), { doctorId, visitTypeId, startAt })
    expect(await third(9, at('12:00'))).toEqual({ ok: false, refusal: 'too_many_holds' })
    expect(await third(10, at('12:00'))).toMatchObject({ ok: true })
    expect(await third(11, at('13:00'))).toEqual({ ok: false, refusal: 'too_many_holds' })
    await releaseHold(as(actor, 11), holdId)
    expect(await third(11, at('13:00'))).toEqual({ ok: false, refusal: 'too_many_holds' })
    expect(await third(15, at('13:00'))).toMatchObject({ ok: true })
  })

  it('gets the same hold on asking again, even with two open', async () => {
    const { holdId, doctorId, actor } = await holdTen()
    await hold(as(actor), { doctorId, startAt: at('11:00') })
    expect(await hold(as(actor, 4), { doctorId, startAt: at('10:00') })).toMatchObject({
      id: holdId,
      version: 1,
      holdExpiresAt: minutesLater(10),
    })
    expect(await historyOf(holdId)).toHaveLength(1)
  })

  it('gets a new hold once the first has expired', async () => {
    const { holdId, doctorId, actor } = await holdTen()
    const again = await hold(as(actor, 10), { doctorId, startAt: at('10:00') })
    expect(again.id).not.toBe(holdId)
    expect(again.holdExpiresAt).toEqual(minutesLater(20))
  })

  it.each([
    ['off the grid', { startAt: at('11:05') }, { refusal: 'off_grid' }],
    ['outside the hours', { startAt: at('20:00') }, { refusal: 'outside_hours' }],
    ['in the past', { startAt: at('07:00') }, { refusal: 'in_the_past' }],
    [
      'of another length',
      { startAt: at('11:00'), endAt: at('12:00') },
      { faults: { endAt: 'not_the_length' } },
    ],
    [
      'without a visit type',
      { startAt: at('11:00'), visitTypeId: undefined },
      { faults: { visitTypeId: 'missing' } },
    ],
    ['for another patient', { startAt: at('11:00'), patientId: 999_999 }, { refusal: 'not_your_patient' }],
  ])('cannot hold what cannot be booked: %s', async (_, wish, refused) => {
    const hours = [{ weekdays: [1, 2, 3, 4, 5], opensAt: '06:00', closesAt: '17:00' }]
    const doctorId = await hireDoctor(sql, { hours })
    const actor = patient(await registerPatient(sql))
    expect(await holdSlot(as(actor), { doctorId, visitTypeId, ...wish })).toMatchObject(refused)
  })

  it('uses up the daily cap while the hold is open', async () => {
    const capped = await defineVisitType(sql, { name: 'One a day', dailyCap: 1 })
    const doctorId = await hireDoctor(sql, { visitTypes: [capped] })
    const wish = { doctorId, visitTypeId: capped }
    await hold(as(patient(await registerPatient(sql))), { ...wish, startAt: at('10:00') })
    const other = patient(await registerPatient(sql))
    const noon = { ...wish, startAt: at('12:00') }
    expect(await bookAppointment(as(other, 9), noon)).toMatchObject({ refusal: 'day_full' })
    expect(await bookAppointment(as(other, 10), noon)).toMatchObject({ ok: true })
  })

  it('alone can find it by id, and only until it ends', async () => {
    const { holdId, actor } = await holdTen()
    const gone = new NotFound('hold')
    clinic.takeTrips()
    expect(await findHold(as(actor, 9), holdId)).toMatchObject({ id: holdId, status: 'pending' })
    expect(clinic.takeTrips()).toHaveLength(1)
    await expect(findHold(as(patient(await registerPatient(sql))), holdId)).rejects.toEqual(gone)
    await expect(findHold(stranger('another'), holdId)).rejects.toEqual(gone)
    await expect(findHold(as(actor, 10), holdId)).rejects.toEqual(gone)
    await releaseHold(as(actor), holdId)
    await expect(findHold(as(actor), holdId)).rejects.toEqual(gone)
  })

  it('finds it only in the list of pending appointments, and only until it expires', async () => {
    const { holdId, patientId } = await holdTen()
    const list = async (minutes: number, status?: 'pending' | 'cancelled') => {
      const found = await searchAppointments(as(desk, minutes), { patientId, status, limit: 9 })
      return found.appointments.map((one) => one.id)
    }
    expect(await list(9, 'pending')).toEqual([holdId])
    expect(await list(9)).toEqual([])
    expect(await list(10, 'pending')).toEqual([])
    await releaseHold(as(), holdId)
    expect([...(await list(9)), ...(await list(9, 'cancelled'))]).toEqual([])
  })
})

describe('a hold', () => {
  it('can be extended once, by ten minutes, in one trip', async () => {
    const { holdId, actor } = await holdTen()
    clinic.takeTrips()
    const extended = await extendHold(as(actor, 9), holdId)
    expect(clinic.takeTrips()).toHaveLength(1)
    expect(extended).toMatchObject({ ok: true, appointment: { version: 2, holdExpiresAt: minutesLater(20) } })
    expect(await findHold(as(actor, 18), holdId)).toMatchObject({ holdExpiresAt: minutesLater(20) })
    expect(await extendHold(as(actor, 12), holdId)).toMatchObject({ ok: false, refusal: 'already_extended' })
    expect(await historyOf(holdId)).toEqual([
      'appointment.held by patient',
      'appointment.extended by patient',
    ])
  })

  it('cannot be extended once it has expired or was released', async () => {
    const { holdId, actor } = await holdTen()
    expect(await extendHold(as(actor, 10), holdId)).toMatchObject({ ok: false, refusal: 'hold_expired' })
    await releaseHold(as(actor, 1), holdId)
    expect(await extendHold(as(actor, 2), holdId)).toMatchObject({ ok: false, refusal: 'hold_expired' })
  })

  it('can be released in one trip, and again; its time is free at once', async () => {
    const { holdId, doctorId, actor } = await holdTen()
    clinic.takeTrips()
    const released = await releaseHold(as(actor), holdId)
    expect(clinic.takeTrips()).toHaveLength(1)
    expect(released).toMatchObject({ ok: true, appointment: { status: 'cancelled', version: 2 } })
    expect(await releaseHold(as(actor), holdId)).toEqual(released)
    expect(await historyOf(holdId)).toEqual([
      'appointment.held by patient',
      'appointment.released by patient',
    ])
    await hold(as(patient(await registerPatient(sql))), { doctorId, startAt: at('10:00') })
  })

  it('cannot be extended or released by anyone else', async () => {
    const { holdId } = await holdTen()
    for (const other of [as(patient(await registerPatient(sql))), stranger('another')])
      for (const verb of [extendHold, releaseHold])
        await expect(verb(other, holdId)).rejects.toThrow(NotFound)
    for (const verb of [extendHold, releaseHold])
      await expect(verb(as(doctor), holdId)).rejects.toThrow(Forbidden)
    expect(await statusOf(holdId)).toBe('pending')
  })
})

describe('holding the same slot again', () => {
  it('keeps the hold without a visit type, and refuses a longer one', async () => {
    const [doctorId, patientId] = [await hireDoctor(sql), await registerPatient(sql)]
    const times = { startAt: at('10:00'), endAt: at('10:30') }
    const wish = { doctorId, patientId, visitTypeId: undefined }
    const { id } = await hold(as(), { ...wish, ...times })
    expect(await hold(as(), { ...wish, ...times })).toMatchObject({ id })
    expect(await holdSlot(as(), { ...wish, ...times, endAt: at('11:00') })).toMatchObject({
      refusal: 'slot_taken',
    })
  })

  it('needs an account with a patient', async () => {
    const wish = { doctorId: await hireDoctor(sql), visitTypeId, startAt: at('10:00') }
    expect(await holdSlot(as(patient()), wish)).toEqual({
      ok: false,
      refusal: 'invalid',
      faults: { patientId: 'missing' },
    })
  })
})
